#include "deadline.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <time.h>

static int64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

deadline deadline_in(uint32_t milliseconds) {
    return now() + (int64_t)milliseconds * 1000000;
}

int64_t deadline_left(deadline end) {
    int64_t left = end - now();
    return left > 0 ? left : 0;
}

uint32_t deadline_left_ms(deadline end) {
    return (uint32_t)((deadline_left(end) + 999999) / 1000000);
}

bool deadline_await(deadline end, int descriptor, short events) {
    for (;;) {
        uint32_t left = deadline_left_ms(end);
        struct pollfd watched = {.fd = descriptor, .events = events};
        int ready = poll(&watched, 1, left > INT_MAX ? INT_MAX : (int)left);
        // A descriptor that poll refuses is left to the call that follows: its errno says more.
        if (ready > 0 || (ready < 0 && errno != EINTR)) {
            return true;
        }
        if (left == 0) {
            return false;
        }
    }
}
