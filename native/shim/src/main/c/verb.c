#include "verb.h"

#include <stddef.h>
#include <string.h>

static const struct verb verbs[] = {
    {"ADD", 60000, TRY_AGAIN}, {"CHECK", 60000, TRY_AGAIN},   {"DEL", 30000, SPOOL},
    {"GC", 60000, TRY_AGAIN},  {"STATUS", 2000, UNAVAILABLE}, {"VERSION", 2000, ANSWER},
};

const struct verb *verb_find(const char *name) {
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
        if (strcmp(verbs[i].name, name) == 0) {
            return &verbs[i];
        }
    }
    return NULL;
}
