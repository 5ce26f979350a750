/* What happens to ports, told by DPDK's interrupt thread and taken by Java when it asks: a bounded queue between them, in
 * which every cell says whose turn it is, so that neither ever waits. What finds it full is counted. */
#include "io_patchbay_dpdk_EventsNative.h"
#include "native.h"

#include <stdatomic.h>
#include <string.h>

#include <rte_ethdev.h>

#define CLASS(name) io_patchbay_dpdk_EventsNative_##name
enum { SIZE = CLASS(SIZE) };

static struct {
    _Atomic uint64_t turn;
    jlong event;
} cells[SIZE];
static _Atomic uint64_t head, tail, lost;

/* kind << 32 | port << 1 | up */
static void push(jlong event)
{
    uint64_t place = atomic_load(&tail);
    for (;;) {
        uint64_t turn = atomic_load(&cells[place % SIZE].turn);
        if (turn == place) {
            if (atomic_compare_exchange_weak(&tail, &place, place + 1))
                break;
        } else if (turn < place) {
            atomic_fetch_add(&lost, 1);
            return;
        } else {
            place = atomic_load(&tail);
        }
    }
    cells[place % SIZE].event = event;
    atomic_store(&cells[place % SIZE].turn, place + 1);
}

static int happened(uint16_t port, enum rte_eth_event_type what, void *context, void *details)
{
    struct rte_eth_link link;
    memset(&link, 0, sizeof link);
    jlong kind = CLASS(REMOVED);
    if (what == RTE_ETH_EVENT_INTR_LSC) {
        kind = CLASS(LINK_CHANGED);
        if (rte_eth_link_get_nowait(port, &link) < 0)
            link.link_status = RTE_ETH_LINK_DOWN;
    } else if (what == RTE_ETH_EVENT_INTR_RESET) {
        kind = CLASS(RESET);
    }
    push(kind << 32 | (jlong)port << 1 | (jlong)link.link_status);
    return 0;
}

/* For all ports, those to come included. */
NATIVE(jint, EventsNative, start)(JNIEnv *env, jclass type)
{
    static const enum rte_eth_event_type kinds[] = {
        RTE_ETH_EVENT_INTR_LSC, RTE_ETH_EVENT_INTR_RMV, RTE_ETH_EVENT_INTR_RESET};
    for (uint64_t i = 0; i < SIZE; i++)
        atomic_store(&cells[i].turn, i);
    int result = 0;
    for (size_t i = 0; result == 0 && i < sizeof kinds / sizeof *kinds; i++)
        result = rte_eth_dev_callback_register(RTE_ETH_ALL, kinds[i], happened, NULL);
    return result;
}

/* One at a time. 0 where there is nothing. */
NATIVE(jlong, EventsNative, poll)(JNIEnv *env, jclass type)
{
    uint64_t place = atomic_load(&head);
    if (atomic_load(&cells[place % SIZE].turn) == place + 1) {
        jlong event = cells[place % SIZE].event;
        atomic_store(&head, place + 1);
        atomic_store(&cells[place % SIZE].turn, place + SIZE);
        return event;
    }
    uint64_t count = atomic_exchange(&lost, 0);
    return count ? (jlong)CLASS(LOST) << 32 | (jlong)(count & UINT32_MAX) : 0;
}
