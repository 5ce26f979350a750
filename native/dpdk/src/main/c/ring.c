/* librte_ring: queues of packets between threads. A ring is known to Java by its address. */
#include "io_patchbay_dpdk_RingNative.h"
#include "native.h"

#include <string.h>

#include <rte_ring.h>

/* Exactly as many as asked for, not one less than the next power of two. */
NATIVE(jlong, RingNative, create)
(JNIEnv *env, jclass type, jstring name, jint capacity, jboolean oneIn, jboolean oneOut)
{
    const char *text = (*env)->GetStringUTFChars(env, name, NULL);
    if (!text)
        return -ENOMEM;
    unsigned flags = RING_F_EXACT_SZ | (oneIn ? RING_F_SP_ENQ : 0) | (oneOut ? RING_F_SC_DEQ : 0);
    struct rte_ring *ring = rte_ring_create(text, (unsigned)capacity, SOCKET_ID_ANY, flags);
    (*env)->ReleaseStringUTFChars(env, name, text);
    return ring ? (jlong)(uintptr_t)ring : failure();
}

NATIVE(void, RingNative, free)(JNIEnv *env, jclass type, jlong ring)
{
    rte_ring_free(at(ring));
}

NATIVE(jint, RingNative, count)(JNIEnv *env, jclass type, jlong ring)
{
    return (jint)rte_ring_count(at(ring));
}

/* The packets that found no room move to the front. */
NATIVE(jint, RingNative, enqueue)(JNIEnv *env, jclass type, jlong ring, jlong slots, jint count)
{
    void **packets = at(slots);
    unsigned in = rte_ring_enqueue_burst(at(ring), packets, (unsigned)count, NULL);
    if (in)
        memmove(packets, packets + in, ((unsigned)count - in) * sizeof *packets);
    return (jint)in;
}

NATIVE(jint, RingNative, dequeue)(JNIEnv *env, jclass type, jlong ring, jlong slots, jint room)
{
    return (jint)rte_ring_dequeue_burst(at(ring), at(slots), (unsigned)room, NULL);
}
