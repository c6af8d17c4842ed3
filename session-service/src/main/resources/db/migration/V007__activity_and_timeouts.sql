-- What proxies see people do at their desktops: a row per desktop and proxy, so that none writes over another's.
CREATE TABLE desktop_activity (
  session_id   uuid NOT NULL REFERENCES containers (id) ON DELETE CASCADE,
  proxy        text NOT NULL,
  connected    integer NOT NULL,  -- WebSockets that were open when it told
  connected_at timestamptz,
  input_at     timestamptz,
  http_at      timestamptz,
  message_at   timestamptz,
  told_at      timestamptz NOT NULL,
  PRIMARY KEY (session_id, proxy)
);
-- Since when proxies have told without a gap. What nobody watched was not idle.
CREATE TABLE activity_watch (
  only_row        boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  observing_since timestamptz NOT NULL,
  heard_at        timestamptz NOT NULL
);

ALTER TABLE containers
  ADD COLUMN extended_at   timestamptz,  -- when its person last asked for more time
  ADD COLUMN ending_at     timestamptz,  -- when it will end or rest by its type's settings, once that is near
  ADD COLUMN ending_why    text CHECK (ending_why IN ('idle', 'lifetime', 'absence')),
  ADD COLUMN ending_action text CHECK (ending_action IN ('stop', 'pause'));

DROP TRIGGER session_changed ON containers;
CREATE TRIGGER session_changed AFTER UPDATE ON containers FOR EACH ROW
  WHEN ((OLD.status, OLD.progress_percent, OLD.progress_message, OLD.reason, OLD.ending_at)
    IS DISTINCT FROM (NEW.status, NEW.progress_percent, NEW.progress_message, NEW.reason, NEW.ending_at))
  EXECUTE FUNCTION notify_session();
