/* Checksums: SHA-256 (libcrypto) for contents and plans, CRC-32 for golang-migrate's lock key. */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

enum { SHA256_HEX_SIZE = 65 };

struct sha256; /* a running SHA-256 */

struct sha256 *sha256_open(void);
void sha256_add(struct sha256 *sha, const void *bytes, size_t length);

/* Writes 64 lower-case hex digits and NUL, and closes the handle. */
void sha256_close(struct sha256 *sha, char hex[SHA256_HEX_SIZE]);

void sha256_hex(const void *bytes, size_t length, char hex[SHA256_HEX_SIZE]);

/* CRC-32 of IEEE 802.3 (reflected, polynomial 0xEDB88320), as Go's hash/crc32 ChecksumIEEE. */
uint32_t crc32_ieee(const void *bytes, size_t length);

#endif
