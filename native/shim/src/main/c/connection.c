#include "connection.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

static struct reply failure(enum outcome outcome, int error, const char *flaw) {
    return (struct reply){.outcome = outcome, .error = error, .flaw = flaw};
}

// 0 or an errno, of which ETIMEDOUT is the deadline.
static int dial(int channel, const char *path, deadline end) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (strlen(path) >= sizeof address.sun_path) {
        return ENAMETOOLONG;
    }
    strcpy(address.sun_path, path);
    for (;;) {
        int64_t left = deadline_left(end) / 1000;
        if (left == 0) {
            return ETIMEDOUT;
        }
        // A connect waits while the listener's backlog is full. A non-blocking one fails at once
        // instead, with nothing to poll for; SO_SNDTIMEO bounds the wait, after which it is EAGAIN
        // too (unix(7), net/unix/af_unix.c).
        struct timeval wait = {.tv_sec = left / 1000000, .tv_usec = left % 1000000};
        if (setsockopt(channel, SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof wait) < 0) {
            return errno;
        }
        if (connect(channel, (struct sockaddr *)&address, sizeof address) == 0) {
            return 0;
        }
        if (errno != EAGAIN && errno != EINTR) {
            return errno;
        }
    }
}

static ssize_t send_part(int channel, const unsigned char *bytes, size_t length, int netns) {
    union {
        struct cmsghdr header;
        char room[CMSG_SPACE(sizeof netns)];
    } control = {0};
    struct iovec part = {.iov_base = (void *)bytes, .iov_len = length};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    if (netns >= 0) {
        message.msg_control = &control;
        message.msg_controllen = sizeof control;
        struct cmsghdr *rights = CMSG_FIRSTHDR(&message);
        rights->cmsg_level = SOL_SOCKET;
        rights->cmsg_type = SCM_RIGHTS;
        rights->cmsg_len = CMSG_LEN(sizeof netns);
        memcpy(CMSG_DATA(rights), &netns, sizeof netns);
    }
    return sendmsg(channel, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
}

static bool hung_up(int error) {
    return error == EPIPE || error == ECONNRESET;
}

// 0 or an errno, of which ETIMEDOUT is the deadline. A daemon that hung up early may have said why:
// that is no failure yet.
static int send_frame(int channel, const struct frame *frame, int netns, deadline end) {
    for (size_t sent = 0; sent < frame->length;) {
        ssize_t count =
            send_part(channel, frame->bytes + sent, frame->length - sent, sent == 0 ? netns : -1);
        if (count >= 0) {
            sent += (size_t)count;
        } else if (errno == EAGAIN) {
            if (!deadline_await(end, channel, POLLOUT)) {
                return ETIMEDOUT;
            }
        } else if (hung_up(errno)) {
            return 0;
        } else if (errno != EINTR) {
            return errno;
        }
    }
    return 0;
}

// 0 or an errno, of which ETIMEDOUT is the deadline and ECONNRESET an end that came too early.
static int receive(int channel, unsigned char *to, size_t length, deadline end) {
    while (length > 0) {
        ssize_t count = recv(channel, to, length, MSG_DONTWAIT);
        if (count > 0) {
            to += count;
            length -= (size_t)count;
        } else if (count == 0) {
            return ECONNRESET;
        } else if (errno == EAGAIN) {
            if (!deadline_await(end, channel, POLLIN)) {
                return ETIMEDOUT;
            }
        } else if (errno != EINTR) {
            return errno;
        }
    }
    return 0;
}

static struct reply interrupted(int error, const char *late) {
    return error == ETIMEDOUT ? failure(HUNG, 0, late)
           : hung_up(error)   ? failure(GARBLED, error, "was cut short")
                              : failure(BROKEN, error, NULL);
}

static const char silent[] = "it took the request and kept silent";

static struct reply receive_reply(int channel, deadline end) {
    unsigned char bytes[REPLY_HEADER];
    struct reply_header header;
    int error = receive(channel, bytes, sizeof bytes, end);
    if (error) {
        return interrupted(error, silent);
    }
    const char *flaw = frame_decode(bytes, &header);
    if (flaw) {
        return failure(GARBLED, 0, flaw);
    }
    struct reply reply = {.status = header.status, .length = header.length};
    reply.body = malloc(header.length + 1);
    if (!reply.body) {
        return failure(BROKEN, ENOMEM, NULL);
    }
    error = receive(channel, reply.body, header.length, end);
    if (error || frame_checksum(reply.body, header.length) != header.checksum) {
        free(reply.body);
        return error ? interrupted(error, silent) : failure(GARBLED, 0, "has a wrong checksum");
    }
    return reply;
}

struct reply exchange(const char *socket_path, struct frame *frame, int netns, deadline end) {
    int channel = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (channel < 0) {
        return failure(BROKEN, errno, NULL);
    }
    struct reply reply;
    int error = dial(channel, socket_path, end);
    if (error == 0) {
        frame_stamp(frame, netns >= 0, deadline_left_ms(end));
        error = send_frame(channel, frame, netns, end);
        reply = error ? interrupted(error, "it did not take the whole request")
                      : receive_reply(channel, end);
    } else if (error == ENOENT || error == ENOTDIR || error == ECONNREFUSED) {
        reply = failure(AWAY, error, NULL);
    } else {
        reply = interrupted(error, "it did not accept the connection");
    }
    close(channel);
    return reply;
}
