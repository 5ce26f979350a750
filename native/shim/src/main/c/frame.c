#include "frame.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define REQUEST_MAGIC 0x50424159u
#define REPLY_MAGIC 0x50424152u
#define FRAME_VERSION 1

static void put16(unsigned char *to, uint32_t value) {
    to[0] = (unsigned char)(value >> 8);
    to[1] = (unsigned char)value;
}

static void put32(unsigned char *to, uint32_t value) {
    put16(to, value >> 16);
    put16(to + 2, value);
}

static uint32_t get16(const unsigned char *from) {
    return (uint32_t)from[0] << 8 | from[1];
}

static uint32_t get32(const unsigned char *from) {
    return get16(from) << 16 | get16(from + 2);
}

uint32_t frame_checksum(const unsigned char *bytes, size_t length) {
    // Four bits at a time: the usual table of 256 words would be a kilobyte of a program that sends
    // one.
    static const uint32_t table[16] = {
        0x00000000, 0x1db71064, 0x3b6e20c8, 0x26d930ac, 0x76dc4190, 0x6b6b51f4,
        0x4db26158, 0x5005713c, 0xedb88320, 0xf00f9344, 0xd6d6a3e8, 0xcb61b38c,
        0x9b64c2b0, 0x86d3d2d4, 0xa00ae278, 0xbdbdf21c,
    };
    uint32_t crc = 0xffffffffu;
    for (size_t i = 0; i < length; i++) {
        crc ^= bytes[i];
        crc = crc >> 4 ^ table[crc & 15];
        crc = crc >> 4 ^ table[crc & 15];
    }
    return ~crc;
}

static bool reserve(struct frame *frame, size_t more) {
    if (frame->capacity - frame->length >= more) {
        return true;
    }
    size_t capacity = frame->capacity * 2 + more;
    unsigned char *bytes = realloc(frame->bytes, capacity);
    if (!bytes) {
        return false;
    }
    frame->bytes = bytes;
    frame->capacity = capacity;
    return true;
}

static enum input collect_stdin(struct frame *frame, deadline end) {
    size_t start = frame->length;
    for (;;) {
        if (frame->length - start > STDIN_LIMIT) {
            return INPUT_TOO_LONG;
        }
        if (!reserve(frame, 4096)) {
            return INPUT_FAILED;
        }
        if (!deadline_await(end, STDIN_FILENO, POLLIN)) {
            return INPUT_LATE;
        }
        ssize_t count =
            read(STDIN_FILENO, frame->bytes + frame->length, frame->capacity - frame->length);
        if (count == 0) {
            return INPUT_WHOLE;
        }
        if (count > 0) {
            frame->length += (size_t)count;
        } else if (errno != EINTR && errno != EAGAIN) {
            return INPUT_FAILED;
        }
    }
}

enum input frame_collect(struct frame *frame, char *const *environment, deadline end) {
    if (!reserve(frame, REQUEST_HEADER)) {
        return INPUT_FAILED;
    }
    frame->length = REQUEST_HEADER;
    for (; *environment; environment++) {
        size_t size = strlen(*environment) + 1;
        if (strncmp(*environment, "CNI_", 4) != 0 || !strchr(*environment, '=')) {
            continue;
        }
        if (!reserve(frame, size)) {
            return INPUT_FAILED;
        }
        memcpy(frame->bytes + frame->length, *environment, size);
        frame->length += size;
    }
    frame->env_length = frame->length - REQUEST_HEADER;
    enum input input = collect_stdin(frame, end);
    size_t body = frame->length - REQUEST_HEADER;
    put32(frame->bytes, REQUEST_MAGIC);
    put16(frame->bytes + 4, FRAME_VERSION);
    frame_stamp(frame, false, 0);
    put32(frame->bytes + 12, (uint32_t)frame->env_length);
    put32(frame->bytes + 16, (uint32_t)(body - frame->env_length));
    put32(frame->bytes + 20, frame_checksum(frame->bytes + REQUEST_HEADER, body));
    return input;
}

void frame_stamp(struct frame *frame, bool with_descriptor, uint32_t deadline_ms) {
    put16(frame->bytes + 6, with_descriptor ? 1 : 0);
    put32(frame->bytes + 8, deadline_ms);
}

const char *frame_decode(const unsigned char bytes[REPLY_HEADER], struct reply_header *header) {
    if (get32(bytes) != REPLY_MAGIC) {
        return "does not begin with PBAR, the mark of a reply";
    }
    if (get16(bytes + 4) != FRAME_VERSION) {
        return "is a frame of another version than 1: shim and daemon are of different releases";
    }
    if (get16(bytes + 6) > 255) {
        return "has an exit status above 255";
    }
    header->status = bytes[7];
    header->length = get32(bytes + 8);
    header->checksum = get32(bytes + 12);
    return header->length > REPLY_LIMIT ? "is longer than 16 MiB" : NULL;
}
