-- What the reconciliation found to differ from what is wanted, and mended; for administrators. Kept for 30 days.
CREATE TABLE repairs (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at         timestamptz NOT NULL DEFAULT now(),
  kind       text NOT NULL,
  session_id uuid,
  subject    text NOT NULL,
  reason     text NOT NULL
);
CREATE INDEX repairs_at ON repairs (at);
