SELECT checksum FROM {table} WHERE file = $1
