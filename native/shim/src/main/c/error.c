#include "error.h"

#include <stdarg.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include "text.h"

#define LONGEST_PART 256

// Room for ten parts of which every byte needs an escape; what is beyond is left out, the JSON
// stays whole.
static char out[16384];
static size_t length;

static void put(const char *bytes, size_t count) {
    if (count <= sizeof out - length) {
        memcpy(out + length, bytes, count);
        length += count;
    }
}

static void put_text(const char *text) {
    put(text, strlen(text));
}

// The bytes of the UTF-8 sequence at s, which ends with a NUL; 0 if it is none (RFC 3629, section
// 4).
static size_t sequence(const unsigned char *s) {
    size_t count = s[0] < 0x80                    ? 1
                   : s[0] >= 0xC2 && s[0] <= 0xDF ? 2
                   : s[0] >= 0xE0 && s[0] <= 0xEF ? 3
                   : s[0] >= 0xF0 && s[0] <= 0xF4 ? 4
                                                  : 0;
    for (size_t i = 1; i < count; i++) {
        if ((s[i] & 0xC0) != 0x80) {
            return 0;
        }
    }
    bool overlong = (s[0] == 0xE0 && s[1] < 0xA0) || (s[0] == 0xF0 && s[1] < 0x90);
    bool surrogate = s[0] == 0xED && s[1] >= 0xA0;
    bool beyond = s[0] == 0xF4 && s[1] >= 0x90;
    return overlong || surrogate || beyond ? 0 : count;
}

static void put_escaped(const char *text) {
    static const char hex[] = "0123456789abcdef";
    const unsigned char *rest = (const unsigned char *)text;
    while (*rest != '\0' && rest - (const unsigned char *)text < LONGEST_PART) {
        size_t count = sequence(rest);
        if (count == 0) {
            put_text("\\ufffd");
            count = 1;
        } else if (*rest == '"' || *rest == '\\') {
            char escape[] = {'\\', (char)*rest};
            put(escape, sizeof escape);
        } else if (*rest < 0x20) {
            char escape[] = {'\\', 'u', '0', '0', hex[*rest >> 4], hex[*rest & 15]};
            put(escape, sizeof escape);
        } else {
            put((const char *)rest, count);
        }
        rest += count;
    }
    if (*rest != '\0') {
        put_text("…");
    }
}

int refuse(int code, const char *details, ...) {
    char digits[DECIMAL];
    length = 0;
    put_text("{\"cniVersion\":\"1.1.0\",\"code\":");
    put_text(decimal(digits, (uint64_t)code, 1));
    put_text(",\"msg\":\"");
    va_list parts;
    va_start(parts, details);
    for (const char *part = va_arg(parts, const char *); part; part = va_arg(parts, const char *)) {
        put_escaped(part);
    }
    va_end(parts);
    put_text("\",\"details\":\"");
    put_escaped(details);
    put_text("\"}\n");
    write_all(STDOUT_FILENO, out, length);
    return 1;
}
