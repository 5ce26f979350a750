// The CNI executable: hands the runtime's call to the Patchbay daemon and its answer back.
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "call.h"
#include "error.h"
#include "text.h"

static const char usage[] =
    "patchbay " PATCHBAY_VERSION
    ": the CNI executable of Patchbay, called by a container runtime.\n"
    "It hands a call (environment and stdin) to the Patchbay daemon and prints the answer.\n"
    "\n"
    "  CNI_COMMAND           " VERB_NAMES "\n"
    "  CNI_CONTAINERID, CNI_NETNS, CNI_IFNAME, CNI_ARGS, CNI_PATH: as the CNI specification says\n"
    "  PATCHBAY_SOCKET       the daemon's socket (/run/patchbay/cni.sock)\n"
    "  PATCHBAY_STATE        where a DEL waits for a daemon that is away (/var/lib/patchbay)\n"
    "  PATCHBAY_DEADLINE_MS  the longest a call may take (ADD, CHECK, GC 60000; DEL 30000;\n"
    "                        STATUS, VERSION 2000)\n"
    "\n"
    "A node's operator wants bin/patchbay instead.\n";

extern char **environ;

static const char *setting(const char *name, const char *otherwise) {
    const char *value = getenv(name);
    return value && *value ? value : otherwise;
}

// A descriptor opened later must not pass for one of these three. The spare ones fail when used.
static void fill_standard_descriptors(void) {
    for (int i = STDIN_FILENO; i <= STDERR_FILENO; i++) {
        if (fcntl(i, F_GETFD) < 0) {
            open("/dev/null", i == STDIN_FILENO ? O_WRONLY : O_RDONLY);
        }
    }
}

static int refuse_command(int argc, char **argv, const char *command) {
    if (*command) {
        return refuse(BAD_ENVIRONMENT, "", "CNI_COMMAND=", command,
                      " is unknown; set it to one of " VERB_NAMES, NULL);
    }
    if (argc == 2 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "--version") == 0)) {
        return write_all(STDOUT_FILENO, usage, sizeof usage - 1) == 0 ? 0 : 1;
    }
    return refuse(BAD_ENVIRONMENT, "", "CNI_COMMAND is not set; set it to one of " VERB_NAMES,
                  NULL);
}

static int refuse_input(const struct call *call, enum input input, int error) {
    char ms[DECIMAL];
    switch (input) {
    case INPUT_LATE:
        return refuse(INPUT_OUTPUT, "", "stdin of ", call->verb->name, " did not end within ",
                      decimal(ms, call->deadline_ms, 1),
                      " ms; the runtime must close it after the network configuration", NULL);
    case INPUT_TOO_LONG:
        return refuse(INPUT_OUTPUT, "", "the network configuration on stdin of ", call->verb->name,
                      " is longer than the limit of 4 MiB (4194304 bytes); shorten it", NULL);
    default:
        return refuse(INPUT_OUTPUT, strerror(error), "stdin of ", call->verb->name,
                      " cannot be read: ", strerror(error),
                      "; the runtime must pass the network configuration there", NULL);
    }
}

static int pass_on(struct call *call) {
    enum input input = frame_collect(&call->frame, environ, call->end);
    if (input != INPUT_WHOLE) {
        return call->verb->unanswered == ANSWER ? answer_version()
                                                : refuse_input(call, input, errno);
    }
    // Not to be opened is no error here: DEL must do without, and the daemon refuses ADD. A fifo
    // must not hold us up.
    call->netns = open(setting("CNI_NETNS", ""), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    struct reply reply = exchange(call->socket_path, &call->frame, call->netns, call->end);
    int status = reply.status;
    if (reply.outcome != ANSWERED) {
        status = answer_alone(call, &reply);
    } else if (write_all(STDOUT_FILENO, reply.body, reply.length) != 0 && status == 0) {
        status = 1;
    }
    free(reply.body);
    if (call->netns >= 0) {
        close(call->netns);
    }
    return status;
}

int main(int argc, char **argv) {
    fill_standard_descriptors();
    signal(SIGPIPE, SIG_IGN);
    const char *command = setting("CNI_COMMAND", "");
    struct call call = {
        .verb = verb_find(command),
        .socket_path = setting("PATCHBAY_SOCKET", "/run/patchbay/cni.sock"),
        .state = setting("PATCHBAY_STATE", "/var/lib/patchbay"),
        .netns = -1,
    };
    if (!call.verb) {
        return refuse_command(argc, argv, command);
    }
    call.deadline_ms = call.verb->deadline_ms;
    const char *deadline_ms = setting("PATCHBAY_DEADLINE_MS", "");
    if (*deadline_ms && !decimal_read(deadline_ms, 1, 3600000, &call.deadline_ms)) {
        return refuse(BAD_ENVIRONMENT, "", "PATCHBAY_DEADLINE_MS=", deadline_ms,
                      " is no number of milliseconds from 1 to 3600000; correct or unset it", NULL);
    }
    call.end = deadline_in(call.deadline_ms);
    int status = pass_on(&call);
    free(call.frame.bytes);
    return status;
}
