-- Tickets to desktops' own origins: seconds old at most, each used once.
CREATE TABLE auth.desktop_tickets (
  hash       bytea PRIMARY KEY,            -- SHA-256; the ticket itself is in one browser's address only
  login_id   text        NOT NULL REFERENCES auth.logins ON DELETE CASCADE,
  desktop    text        NOT NULL,
  inside     text        NOT NULL,         -- where to on the desktop's host
  proof      text        NOT NULL,         -- SHA-256 of the entry cookie of the browser that it is for
  expires_at timestamptz NOT NULL
);
CREATE INDEX desktop_tickets_login ON auth.desktop_tickets (login_id);
CREATE INDEX desktop_tickets_expiry ON auth.desktop_tickets (expires_at);
