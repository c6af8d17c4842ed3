-- One row is one session: what a person asked for, how far it is, and who works on it. SessionState has the legal moves.
CREATE SEQUENCE session_generation;

ALTER TABLE containers
  ADD COLUMN owner_slug       text,
  ADD COLUMN generation       bigint NOT NULL DEFAULT nextval('session_generation'),
  ADD COLUMN stand_in         boolean NOT NULL DEFAULT false,
  ADD COLUMN image            text,
  ADD COLUMN upstream_secret  text,         -- of its container only, gone when it ends
  ADD COLUMN progress_percent integer,
  ADD COLUMN progress_message text,
  ADD COLUMN ends_as          text CHECK (ends_as IN ('stopped', 'failed')),
  ADD COLUMN state_since      timestamptz NOT NULL DEFAULT now(),
  ADD COLUMN started_at       timestamptz,
  ADD COLUMN port_free_at     timestamptz,  -- of an ended row; null while its container may still be there
  ADD COLUMN due_at           timestamptz,  -- when a worker is to look at it; null while nothing is to do
  ADD COLUMN lease_holder     text,
  ADD COLUMN lease_until      timestamptz;

UPDATE containers SET port_free_at = now();

ALTER TABLE containers
  ALTER COLUMN session_id SET NOT NULL,
  ADD CONSTRAINT containers_generation UNIQUE (generation),
  ADD CONSTRAINT containers_status CHECK (status IN
    ('requested', 'pulling', 'creating', 'starting', 'running', 'stopping', 'stopped', 'failed')),
  ADD CONSTRAINT containers_live_row_is_whole CHECK (
    status IN ('stopped', 'failed')
    OR (proxy_path IS NOT NULL AND owner_slug IS NOT NULL AND host_port IS NOT NULL AND upstream_secret IS NOT NULL)),
  ADD CONSTRAINT containers_stopping_knows_its_end CHECK (status <> 'stopping' OR ends_as IS NOT NULL);

CREATE INDEX containers_due ON containers (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX containers_owner ON containers (user_id, desktop_type, generation DESC);
CREATE INDEX containers_path ON containers (proxy_path, generation DESC);
CREATE INDEX containers_port_free ON containers (port_free_at DESC NULLS FIRST);

-- Wakes workers and the streams to browsers. Leases come and go without a word.
CREATE FUNCTION notify_session() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('berth_sessions', NEW.id || ' ' || NEW.status);
  RETURN NULL;
END
$$;
CREATE TRIGGER session_made AFTER INSERT ON containers FOR EACH ROW EXECUTE FUNCTION notify_session();
CREATE TRIGGER session_changed AFTER UPDATE ON containers FOR EACH ROW
  WHEN ((OLD.status, OLD.progress_percent, OLD.progress_message, OLD.reason)
    IS DISTINCT FROM (NEW.status, NEW.progress_percent, NEW.progress_message, NEW.reason))
  EXECUTE FUNCTION notify_session();
