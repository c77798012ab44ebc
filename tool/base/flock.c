#include "base/flock.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

int flock_take(const char *directory, int *handle, struct err *err)
{
    *handle = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (*handle < 0)
        return err_errno(err, errno == EACCES ? ERR_PERMISSION : ERR_INPUT, "cannot open the directory %s", directory);
    if (flock(*handle, LOCK_EX) != 0) {
        err_errno(err, errno == EINTR ? ERR_INTERRUPTED : ERR_INPUT, "cannot lock the directory %s", directory);
        close(*handle);
        return -1;
    }
    return 0;
}

void flock_release(int handle)
{
    if (handle >= 0)
        close(handle);
}
