/* The data path of librte_ethdev, whose functions are inline: one crossing for each burst. Ports, queues and counts are
 * checked in Java; slots is the address of an array of mbuf pointers that Java owns. */
#include "io_patchbay_dpdk_BurstNative.h"
#include "native.h"

#include <string.h>

#include <rte_ethdev.h>
#include <rte_mbuf.h>

enum { LONGEST = io_patchbay_dpdk_BurstNative_LONGEST };

/* What the driver took; -errno where it refuses the very first packet as it is. */
static int transmit(uint16_t port, uint16_t queue, struct rte_mbuf **slots, uint16_t count, jboolean prepare)
{
    uint16_t ready = count;
    if (prepare && count) {
        ready = rte_eth_tx_prepare(port, queue, slots, count);
        if (!ready)
            return failure();
    }
    return rte_eth_tx_burst(port, queue, slots, ready);
}

NATIVE(jint, BurstNative, receive)(JNIEnv *env, jclass type, jint port, jint queue, jlong slots, jint room)
{
    return rte_eth_rx_burst((uint16_t)port, (uint16_t)queue, at(slots), (uint16_t)room);
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
        if (taken < 0 || (taken == 0 && retries-- <= 0))
            break;
        sent += taken;
    }
    if (sent < count)
        rte_pktmbuf_free_bulk(packets + sent, (unsigned)(count - sent));
    return sent;
}

/* Receives and sends in one crossing. Returns dropped << 32 | sent. */
NATIVE(jlong, BurstNative, forward)
(JNIEnv *env, jclass type, jint fromPort, jint fromQueue, jint toPort, jint toQueue, jint most, jboolean prepare)
{
    struct rte_mbuf *packets[LONGEST];
    uint16_t count = rte_eth_rx_burst((uint16_t)fromPort, (uint16_t)fromQueue, packets, (uint16_t)most);
    if (!count)
        return 0;
    int taken = transmit((uint16_t)toPort, (uint16_t)toQueue, packets, count, prepare);
    unsigned sent = taken < 0 ? 0 : (unsigned)taken;
    if (sent < count)
        rte_pktmbuf_free_bulk(packets + sent, count - sent);
    return (jlong)(count - sent) << 32 | (jlong)sent;
}
