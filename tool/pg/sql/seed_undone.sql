-- Has a migration gone down since the file $1 was loaded?
SELECT EXISTS (
    SELECT FROM {history} AS history JOIN {table} AS seed ON history.finished_at > seed.applied_at
    WHERE seed.file = $1 AND history.direction = 'down' AND history.outcome = 'success')
