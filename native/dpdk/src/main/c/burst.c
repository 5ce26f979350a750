/* The data path of librte_ethdev, whose functions are inline: one crossing for each burst. Ports, queues and counts are
 * checked in Java; slots is the address of an array of mbuf pointers that Java owns. A burst whose memory went away under
 * it is -EFAULT: of what it was to send nobody knows what the driver has freed, and all of it is given up. */
#include "fault.h"
#include "io_patchbay_dpdk_BurstNative.h"
#include "native.h"

#include <string.h>

#include <rte_ethdev.h>
#include <rte_mbuf.h>

enum { LONGEST = io_patchbay_dpdk_BurstNative_LONGEST };

/* Packets that were whole before a fault have arrived; the buffers of others are lost. */
static __rte_noinline int receive_or_fault(uint16_t port, uint16_t queue, struct rte_mbuf **slots, uint16_t room)
{
    struct trap trap;
    memset(slots, 0, room * sizeof *slots);
    if (_setjmp(trap.back)) {
        int whole = 0;
        while (whole < room && slots[whole])
            whole++;
        return whole ? whole : -EFAULT;
    }
    trap_open(&trap);
    int count = rte_eth_rx_burst(port, queue, slots, room);
    trap_close();
    return count;
}

static int take(uint16_t port, uint16_t queue, struct rte_mbuf **slots, uint16_t room)
{
    return may_fault(port) ? receive_or_fault(port, queue, slots, room) : rte_eth_rx_burst(port, queue, slots, room);
}

static __rte_noinline int send_or_fault(uint16_t port, uint16_t queue, struct rte_mbuf **slots, uint16_t count)
{
    struct trap trap;
    if (_setjmp(trap.back))
        return -EFAULT;
    trap_open(&trap);
    int sent = rte_eth_tx_burst(port, queue, slots, count);
    trap_close();
    return sent;
}

/* What the driver took; -errno where it refuses the very first packet as it is. */
static int transmit(uint16_t port, uint16_t queue, struct rte_mbuf **slots, uint16_t count, jboolean prepare)
{
    uint16_t ready = count;
    if (prepare && count) {
        ready = rte_eth_tx_prepare(port, queue, slots, count);
        if (!ready)
            return failure();
    }
    return may_fault(port) ? send_or_fault(port, queue, slots, ready) : rte_eth_tx_burst(port, queue, slots, ready);
}

NATIVE(jint, BurstNative, receive)(JNIEnv *env, jclass type, jint port, jint queue, jlong slots, jint room)
{
    return take((uint16_t)port, (uint16_t)queue, at(slots), (uint16_t)room);
}

/* The packets that were not taken move to the front. */
NATIVE(jint, BurstNative, send)
(JNIEnv *env, jclass type, jint port, jint queue, jlong slots, jint count, jboolean prepare)
{
    struct rte_mbuf **packets = at(slots);
    int sent = transmit((uint16_t)port, (uint16_t)queue, packets, (uint16_t)count, prepare);
    if (sent > 0)
        memmove(packets, packets + sent, (size_t)(count - sent) * sizeof *packets);
    return sent;
}

/* Tries again after each try that took nothing, up to so many times, then frees the rest. */
NATIVE(jint, BurstNative, sendAll)
(JNIEnv *env, jclass type, jint port, jint queue, jlong slots, jint count, jint retries, jboolean prepare)
{
    struct rte_mbuf **packets = at(slots);
    int sent = 0;
    while (sent < count) {
        int taken = transmit((uint16_t)port, (uint16_t)queue, packets + sent, (uint16_t)(count - sent), prepare);
        if (taken == -EFAULT)
            return taken;
        if (taken < 0 || (taken == 0 && retries-- <= 0))
            break;
        sent += taken;
    }
    if (sent < count)
        rte_pktmbuf_free_bulk(packets + sent, (unsigned)(count - sent));
    return sent;
}

/* Receives and sends in one crossing. Returns dropped << 32 | sent, or its negative with EFAULT for sent: the receiving
 * side has dropped none then. */
NATIVE(jlong, BurstNative, forward)
(JNIEnv *env, jclass type, jint fromPort, jint fromQueue, jint toPort, jint toQueue, jint most, jboolean prepare)
{
    struct rte_mbuf *packets[LONGEST];
    int count = take((uint16_t)fromPort, (uint16_t)fromQueue, packets, (uint16_t)most);
    if (count <= 0)
        return count;
    int taken = transmit((uint16_t)toPort, (uint16_t)toQueue, packets, (uint16_t)count, prepare);
    if (taken == -EFAULT)
        return -((jlong)count << 32 | EFAULT);
    int sent = taken < 0 ? 0 : taken;
    if (sent < count)
        rte_pktmbuf_free_bulk(packets + sent, (unsigned)(count - sent));
    return (jlong)(count - sent) << 32 | (jlong)sent;
}
