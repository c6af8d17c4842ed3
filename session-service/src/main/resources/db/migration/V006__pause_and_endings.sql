-- Pausing, resuming and restarting; and what brought each session to its end.
ALTER TABLE containers
  DROP CONSTRAINT containers_status,
  ADD CONSTRAINT containers_status CHECK (status IN
    ('requested', 'pulling', 'creating', 'starting', 'running', 'pausing', 'paused', 'resuming', 'restarting',
     'stopping', 'stopped', 'failed')),
  ADD COLUMN asked_at       timestamptz NOT NULL DEFAULT now(), -- its launch, or its last pause, resumption or restart
  ADD COLUMN ended_by       text CHECK (ended_by IN ('person', 'admin', 'idle', 'lifetime', 'absence', 'crash', 'system')),
  ADD COLUMN ended_by_actor text;                               -- a name in addresses, or a part of Berth
UPDATE containers SET asked_at = created_at;
