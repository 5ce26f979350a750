#include "text.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

char *decimal(char to[DECIMAL], uint64_t number, int digits) {
    char reversed[DECIMAL];
    int count = 0;
    do {
        reversed[count++] = (char)('0' + number % 10);
        number /= 10;
    } while (number != 0 || count < digits);
    for (int i = 0; i < count; i++) {
        to[i] = reversed[count - 1 - i];
    }
    to[count] = '\0';
    return to;
}

bool decimal_read(const char *text, uint32_t least, uint32_t most, uint32_t *number) {
    size_t count = strspn(text, "0123456789");
    if (count == 0 || count > 10 || text[count] != '\0') {
        return false;
    }
    uint64_t value = 0;
    for (size_t i = 0; i < count; i++) {
        value = value * 10 + (uint64_t)(text[i] - '0');
    }
    *number = (uint32_t)value;
    return value >= least && value <= most;
}

int write_all(int descriptor, const void *bytes, size_t length) {
    const char *rest = bytes;
    while (length > 0) {
        ssize_t written = write(descriptor, rest, length);
        if (written >= 0) {
            rest += written;
            length -= (size_t)written;
        } else if (errno == EAGAIN) {
            struct pollfd watched = {.fd = descriptor, .events = POLLOUT};
            poll(&watched, 1, -1);
        } else if (errno != EINTR) {
            return errno;
        }
    }
    return 0;
}
