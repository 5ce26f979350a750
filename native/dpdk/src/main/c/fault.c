/* The handler of SIGSEGV and SIGBUS that brings a burst back. It stands before the JVM's own, and hands on whatever is
 * not a burst's: the JVM lives by faults. Installed with the first port that needs it. */
#include "fault.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <ucontext.h>

bool faulty[RTE_MAX_ETHPORTS];

/* initial-exec: the first use of any other model may allocate, which a handler must not. */
static __thread struct trap *volatile armed __attribute__((tls_model("initial-exec")));

static struct sigaction before_segv, before_bus;

static void faulted(int number, siginfo_t *info, void *context)
{
    struct trap *trap = armed;
    if (trap) {
        armed = NULL;
        pthread_sigmask(SIG_SETMASK, &((ucontext_t *)context)->uc_sigmask, NULL);
        _longjmp(trap->back, 1);
    }
    const struct sigaction *before = number == SIGSEGV ? &before_segv : &before_bus;
    if (before->sa_flags & SA_SIGINFO)
        before->sa_sigaction(number, info, context);
    else if (before->sa_handler != SIG_DFL && before->sa_handler != SIG_IGN)
        before->sa_handler(number);
    else
        sigaction(number, before, NULL); /* and the instruction faults again */
}

static int install(int number, struct sigaction *before)
{
    if (sigaction(number, NULL, before) < 0)
        return -errno;
    struct sigaction ours = *before;
    ours.sa_sigaction = faulted;
    ours.sa_flags |= SA_SIGINFO | SA_ONSTACK;
    return sigaction(number, &ours, NULL) < 0 ? -errno : 0;
}

int fault_port(uint16_t port, const char *driver)
{
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    static bool installed;
    bool memif = strcmp(driver, "net_memif") == 0;
    int result = 0;
    pthread_mutex_lock(&lock);
    if (memif && !installed) {
        result = install(SIGSEGV, &before_segv);
        if (result == 0)
            result = install(SIGBUS, &before_bus);
        installed = result == 0;
    }
    pthread_mutex_unlock(&lock);
    faulty[port] = memif;
    return result;
}

void trap_open(struct trap *trap)
{
    armed = trap;
}

void trap_close(void)
{
    armed = NULL;
}
