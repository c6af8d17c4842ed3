-- A warm seat is a session's row whose owner is nobody (user_id of zeros), until somebody's claim makes it theirs.
ALTER TABLE containers
  DROP CONSTRAINT containers_status,
  ADD CONSTRAINT containers_status CHECK (status IN
    ('requested', 'pulling', 'creating', 'starting', 'ready', 'running', 'pausing', 'paused', 'resuming', 'restarting',
     'stopping', 'stopped', 'failed')),
  ADD COLUMN seat_recipe text,        -- what a seat was made of
  ADD COLUMN seat_since  timestamptz, -- when a seat was asked for
  ADD COLUMN ready_at    timestamptz, -- when a seat could be claimed
  ADD COLUMN claimed_at  timestamptz; -- until its route is published, or it is made anew

CREATE INDEX containers_seats ON containers (desktop_type, generation) WHERE status = 'ready';
