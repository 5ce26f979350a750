/* Bursts on memory that another process shares and may take back under them. net_memif's interrupt thread unmaps the
 * regions of a peer that is gone with nothing that holds a burst off (drivers/net/memif/rte_eth_memif.c,
 * memif_free_regions), so a burst may fault at any moment; it ends there, and not the process. */
#ifndef PATCHBAY_FAULT_H
#define PATCHBAY_FAULT_H

#include <setjmp.h>
#include <stdbool.h>
#include <stdint.h>

#include <rte_common.h>
#include <rte_ethdev.h>

struct trap {
    jmp_buf back;
};

extern bool faulty[RTE_MAX_ETHPORTS];

/* Whether the port's memory may go away. */
static inline bool may_fault(uint16_t port)
{
    return unlikely(faulty[port]);
}

/* To be called whenever a port is configured: numbers are used again. 0 or -errno. */
int fault_port(uint16_t port, const char *driver);

/* From here to trap_close a fault of this thread comes back at the trap's setjmp. */
void trap_open(struct trap *trap);
void trap_close(void);

#endif
