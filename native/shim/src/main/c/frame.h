#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "deadline.h"

#define REQUEST_HEADER 24
#define REPLY_HEADER 16
#define STDIN_LIMIT (4u << 20)
#define REPLY_LIMIT (16u << 20)

// A request as it goes over the socket and into the spool; the layout is in the README.
struct frame {
    unsigned char *bytes;
    size_t length;
    size_t capacity;
    size_t env_length;
};

struct reply_header {
    uint8_t status;
    uint32_t length;
    uint32_t checksum;
};

enum input { INPUT_WHOLE, INPUT_LATE, INPUT_TOO_LONG, INPUT_FAILED };

// Takes the CNI_* entries of the environment and stdin up to its end. After INPUT_FAILED errno says
// why.
enum input frame_collect(struct frame *frame, char *const *environment, deadline end);

// Writes the two fields of the header that change with each use.
void frame_stamp(struct frame *frame, bool with_descriptor, uint32_t deadline_ms);

// Decodes the header of a reply; NULL, or what is wrong with it.
const char *frame_decode(const unsigned char bytes[REPLY_HEADER], struct reply_header *header);

// CRC-32 as in IEEE 802.3 (and java.util.zip).
uint32_t frame_checksum(const unsigned char *bytes, size_t length);
