#include "pg/server_lock.h"

#include "base/proc.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

static int set_lock(int file, int command, short type, struct flock *answer)
{
    *answer = (struct flock){.l_type = type, .l_whence = SEEK_SET};
    return fcntl(file, command, answer);
}

int server_lock_open(const char *path, struct err *err)
{
    int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    return file >= 0 ? file : err_errno(err, ERR_PERMISSION, "cannot open the lock %s", path);
}

int server_lock_take(const char *path, bool shared, struct err *err)
{
    int file = server_lock_open(path, err);
    if (file < 0)
        return -1;
    struct flock lock;
    while (set_lock(file, F_OFD_SETLKW, shared ? F_RDLCK : F_WRLCK, &lock) != 0) {
        if (errno == EINTR && proc_interrupted() == 0)
            continue;
        if (errno == EINTR)
            err_set(err, ERR_INTERRUPTED, "interrupted while waiting for the lock %s", path);
        else
            err_errno(err, ERR_PERMISSION, "cannot lock %s", path);
        close(file);
        return -1;
    }
    return file;
}

bool server_lock_try(int file)
{
    struct flock lock;
    return set_lock(file, F_OFD_SETLK, F_WRLCK, &lock) == 0;
}

bool server_lock_is_held(int file)
{
    struct flock lock;
    return set_lock(file, F_OFD_GETLK, F_WRLCK, &lock) == 0 && lock.l_type != F_UNLCK;
}

bool server_lock_path_is_held(const char *path)
{
    int file = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
    if (file < 0)
        return false;
    bool held = server_lock_is_held(file);
    close(file);
    return held;
}
