-- What a session takes of its host, whose budget it is charged to, and who waits for room. What is live already takes
-- nothing that is counted until it ends.
ALTER TABLE containers
  ADD COLUMN reserved_memory bigint NOT NULL DEFAULT 0,            -- bytes
  ADD COLUMN reserved_cpus   double precision NOT NULL DEFAULT 0,
  ADD COLUMN charged_to      text,                                 -- the group whose number of sessions it counts to
  ADD COLUMN queue_position  integer,                              -- from 1; null for what has its room
  ADD CONSTRAINT containers_only_requested_ones_wait CHECK (
    queue_position IS NULL OR status IN ('requested', 'stopping', 'stopped', 'failed'));

CREATE INDEX containers_live ON containers (user_id) WHERE status NOT IN ('stopped', 'failed');
CREATE INDEX containers_waiting ON containers (generation) WHERE queue_position IS NOT NULL AND status = 'requested';

CREATE TRIGGER session_moved_up AFTER UPDATE ON containers FOR EACH ROW
  WHEN (OLD.queue_position IS DISTINCT FROM NEW.queue_position)
  EXECUTE FUNCTION notify_session();
