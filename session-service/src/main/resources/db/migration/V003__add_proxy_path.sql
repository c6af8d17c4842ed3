-- From ports to addresses: /desktop/{proxy_path} instead of localhost:{host_port}.
-- A container of the port-based application has no password of its own and no label, so it can't be published safely:
-- its row keeps what it says, gets the address that its desktop will have, and ends with a reason.
ALTER TABLE containers
  ADD COLUMN IF NOT EXISTS proxy_path text,
  ADD COLUMN IF NOT EXISTS reason text,
  ADD COLUMN IF NOT EXISTS ended_at timestamptz;

-- kasm-alice-ubuntu-vscode-abc123 → alice-ubuntu-vscode
UPDATE containers SET proxy_path = derived.path
FROM (
  SELECT id, substring(lower(container_name) FROM '^kasm-([a-z0-9][a-z0-9-]*)-[a-z0-9]+$') AS path FROM containers
) AS derived
WHERE containers.id = derived.id
  AND containers.proxy_path IS NULL
  AND length(derived.path) <= 63
  AND derived.path LIKE '_%-' || lower(containers.desktop_type);

UPDATE containers SET
  reason = coalesce(reason, format(
    'This desktop was %s in the port-based version of Berth. Launch it again to get its address.', status)),
  status = 'stopped',
  ended_at = coalesce(ended_at, now())
WHERE status NOT IN ('stopped', 'failed');

CREATE UNIQUE INDEX containers_live_proxy_path ON containers (proxy_path) WHERE status NOT IN ('stopped', 'failed');
CREATE UNIQUE INDEX containers_live_host_port ON containers (host_port) WHERE status NOT IN ('stopped', 'failed');
