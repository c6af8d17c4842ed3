-- The table as the port-based application has it. A database that it left behind keeps its own; the next steps take that over.
CREATE TABLE IF NOT EXISTS containers (
  id             varchar(36) PRIMARY KEY,
  user_id        varchar(64) NOT NULL,
  session_id     varchar(64) NOT NULL,
  container_name varchar(255) NOT NULL,
  desktop_type   varchar(64) NOT NULL,
  host_port      integer NOT NULL,
  status         varchar(32) NOT NULL DEFAULT 'creating',
  created_at     timestamp NOT NULL DEFAULT now()
);
