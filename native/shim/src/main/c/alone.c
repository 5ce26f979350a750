// What the shim does when the daemon gives no answer to be passed on.
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "call.h"
#include "error.h"
#include "spool.h"
#include "text.h"

#define RETRY_MS 1000

int answer_version(void) {
    static const char versions[] = "{\"cniVersion\":\"1.1.0\",\"supportedVersions\":"
                                   "[\"0.3.1\",\"0.4.0\",\"1.0.0\",\"1.1.0\"]}\n";
    return write_all(STDOUT_FILENO, versions, sizeof versions - 1) == 0 ? 0 : 1;
}

static int refuse_unanswered(const struct call *call, const struct reply *reply, int code) {
    const char *reason = reply->error ? strerror(reply->error) : "";
    char ms[DECIMAL];
    switch (reply->outcome) {
    case AWAY:
        return refuse(code, reason,
                      "the Patchbay daemon is not running: nobody listens on its socket ",
                      call->socket_path, ", so ", call->verb->name,
                      " was not done; start the daemon, then try again", NULL);
    case HUNG:
        return refuse(code, reply->flaw, "the Patchbay daemon on ", call->socket_path,
                      " did not answer ", call->verb->name, " within ",
                      decimal(ms, call->deadline_ms, 1),
                      " ms; see what its log says, then try again", NULL);
    default:
        return refuse(code, reason, "the answer to ", call->verb->name,
                      " of the Patchbay daemon on ", call->socket_path, " ", reply->flaw,
                      "; see what its log says, then try again", NULL);
    }
}

static int refuse_broken(const struct call *call, int error) {
    if (error == EACCES || error == EPERM) {
        return refuse(INPUT_OUTPUT, strerror(error), "the socket of the Patchbay daemon ",
                      call->socket_path, " is for root only; run as root", NULL);
    }
    if (error == ENAMETOOLONG) {
        return refuse(INPUT_OUTPUT, strerror(error), "PATCHBAY_SOCKET=", call->socket_path,
                      " is longer than the 107 bytes that a socket's path may have; shorten it",
                      NULL);
    }
    return refuse(INPUT_OUTPUT, strerror(error), "talking to the Patchbay daemon on ",
                  call->socket_path, " failed: ", strerror(error),
                  "; see that the path is a socket of the daemon's", NULL);
}

static bool is_set(const char *name) {
    const char *value = getenv(name);
    return value && *value;
}

// After a DEL was put aside: the daemon may have come up meanwhile, having looked into its spool
// too early.
static void try_again(struct call *call, const struct spooled *spooled) {
    deadline soon = deadline_in(RETRY_MS);
    struct reply reply =
        exchange(call->socket_path, &call->frame, call->netns, soon < call->end ? soon : call->end);
    if (reply.outcome == ANSWERED && reply.status == 0) {
        spool_forget(spooled);
    }
    free(reply.body);
}

static int put_aside(struct call *call, const struct reply *reply) {
    // The daemon could do nothing with such a DEL later either, and nobody would hear of it.
    bool id = is_set("CNI_CONTAINERID"), name = is_set("CNI_IFNAME");
    if (!id || !name) {
        return refuse(BAD_ENVIRONMENT, reply->error ? strerror(reply->error) : "", "DEL lacks ",
                      id ? "" : "CNI_CONTAINERID", id || name ? "" : " and ",
                      name ? "" : "CNI_IFNAME",
                      " in the environment; the runtime must set what names"
                      " the attachment",
                      NULL);
    }
    frame_stamp(&call->frame, false, call->deadline_ms);
    struct spooled spooled;
    int error = spool_keep(call->state, &call->frame, &spooled);
    if (error) {
        return refuse(TRY_AGAIN_LATER, strerror(error),
                      "the Patchbay daemon gave no answer, and the DEL of CNI_CONTAINERID=",
                      getenv("CNI_CONTAINERID"), " CNI_IFNAME=", getenv("CNI_IFNAME"),
                      " could not be kept for it in ", call->state, "/spool: ", strerror(error),
                      "; make it writable or start the daemon, then try again", NULL);
    }
    try_again(call, &spooled);
    spool_close(&spooled);
    return 0;
}

int answer_alone(struct call *call, const struct reply *reply) {
    if (call->verb->unanswered == ANSWER) {
        return answer_version();
    }
    if (reply->outcome == BROKEN) {
        return refuse_broken(call, reply->error);
    }
    switch (call->verb->unanswered) {
    case SPOOL:
        return put_aside(call, reply);
    case UNAVAILABLE:
        return refuse_unanswered(call, reply, NOT_AVAILABLE);
    default:
        return refuse_unanswered(call, reply, TRY_AGAIN_LATER);
    }
}
