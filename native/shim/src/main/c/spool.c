#include "spool.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "text.h"

// 0 or an errno. A directory is durable only once the one above it is.
static int make_directory(const char *path) {
    if (mkdir(path, 0700) < 0) {
        return errno == EEXIST ? 0 : errno;
    }
    char above[PATH_MAX];
    strcpy(above, path);
    char *slash = strrchr(above, '/');
    if (slash) {
        slash[slash == above ? 1 : 0] = '\0';
    }
    int directory = open(slash ? above : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (directory < 0) {
        return errno;
    }
    int error = fsync(directory) < 0 ? errno : 0;
    close(directory);
    return error;
}

// Opens `state`/spool, made if need be; a negative number is an errno's.
static int open_spool(const char *state) {
    char path[PATH_MAX];
    size_t length = strlen(state);
    if (length + sizeof "/spool" > sizeof path) {
        return -ENAMETOOLONG;
    }
    memcpy(path, state, length + 1);
    int error = make_directory(path);
    if (error == 0) {
        strcpy(path + length, "/spool");
        error = make_directory(path);
    }
    if (error) {
        return -error;
    }
    int directory = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return directory < 0 ? -errno : directory;
}

static int write_file(int directory, const char *name, const struct frame *frame) {
    int file = openat(directory, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0) {
        return errno;
    }
    int error = write_all(file, frame->bytes, frame->length);
    if (error == 0 && fsync(file) < 0) {
        error = errno;
    }
    if (close(file) < 0 && error == 0) {
        error = errno;
    }
    if (error) {
        unlinkat(directory, name, 0);
    }
    return error;
}

// The names sort by time, so that the daemon redoes the oldest first.
static void choose_names(char *temporary, char *final) {
    char pid[DECIMAL], nanos[DECIMAL];
    struct timespec time;
    clock_gettime(CLOCK_REALTIME, &time);
    decimal(pid, (uint64_t)getpid(), 1);
    decimal(nanos, (uint64_t)time.tv_sec * 1000000000 + (uint64_t)time.tv_nsec, 20);
    stpcpy(stpcpy(stpcpy(stpcpy(temporary, ".tmp-"), pid), "-"), nanos);
    stpcpy(stpcpy(stpcpy(stpcpy(final, nanos), "-"), pid), ".del");
}

int spool_keep(const char *state, const struct frame *frame, struct spooled *spooled) {
    char temporary[sizeof spooled->name];
    choose_names(temporary, spooled->name);
    spooled->directory = open_spool(state);
    if (spooled->directory < 0) {
        return -spooled->directory;
    }
    int error = write_file(spooled->directory, temporary, frame);
    if (error == 0 &&
        renameat(spooled->directory, temporary, spooled->directory, spooled->name) < 0) {
        error = errno;
        unlinkat(spooled->directory, temporary, 0);
    } else if (error == 0 && fsync(spooled->directory) < 0) {
        error = errno;
        spool_forget(spooled);
    }
    if (error) {
        spool_close(spooled);
    }
    return error;
}

void spool_forget(const struct spooled *spooled) {
    unlinkat(spooled->directory, spooled->name, 0);
}

void spool_close(const struct spooled *spooled) {
    close(spooled->directory);
}
