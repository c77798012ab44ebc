#include "base/hash.h"

#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>

static EVP_MD_CTX *context(struct sha256 *sha)
{
    return (EVP_MD_CTX *)(void *)sha;
}

/* libcrypto fails here only without memory or with a broken installation. */
static void require(int ok)
{
    if (ok)
        return;
    fputs("skein: libcrypto has no SHA-256\n", stderr);
    exit(70);
}

struct sha256 *sha256_open(void)
{
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    require(ctx != NULL && EVP_DigestInit_ex(ctx, EVP_sha256(), NULL));
    return (struct sha256 *)(void *)ctx;
}

void sha256_add(struct sha256 *sha, const void *bytes, size_t length)
{
    require(EVP_DigestUpdate(context(sha), bytes, length));
}

void sha256_close(struct sha256 *sha, char hex[SHA256_HEX_SIZE])
{
    static const char digits[] = "0123456789abcdef";
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int length = 0;
    require(EVP_DigestFinal_ex(context(sha), digest, &length));
    EVP_MD_CTX_free(context(sha));
    for (unsigned int i = 0; i < length; i++) {
        *hex++ = digits[digest[i] >> 4];
        *hex++ = digits[digest[i] & 15];
    }
    *hex = '\0';
}

void sha256_hex(const void *bytes, size_t length, char hex[SHA256_HEX_SIZE])
{
    struct sha256 *sha = sha256_open();
    sha256_add(sha, bytes, length);
    sha256_close(sha, hex);
}

uint32_t crc32_ieee(const void *bytes, size_t length)
{
    const unsigned char *at = bytes;
    uint32_t crc = 0xFFFFFFFFu;
    for (size_t i = 0; i < length; i++) {
        crc ^= at[i];
        for (int bit = 0; bit < 8; bit++)
            crc = (crc >> 1) ^ (0xEDB88320u & (0u - (crc & 1u)));
    }
    return ~crc;
}
