/* librte_mempool and librte_mbuf: pools of packet buffers. A pool is known to Java by its address. */
#include "io_patchbay_dpdk_MempoolNative.h"
#include "native.h"

#include <rte_mbuf.h>
#include <rte_mempool.h>

NATIVE(jlong, MempoolNative, create)
(JNIEnv *env, jclass type, jstring name, jint count, jint cache, jint privateSize, jint dataRoom, jint socket)
{
    const char *text = (*env)->GetStringUTFChars(env, name, NULL);
    if (!text)
        return -ENOMEM;
    struct rte_mempool *pool = rte_pktmbuf_pool_create(
        text, (unsigned)count, (unsigned)cache, (uint16_t)privateSize, (uint16_t)dataRoom, socket);
    (*env)->ReleaseStringUTFChars(env, name, text);
    return pool ? (jlong)(uintptr_t)pool : failure();
}

NATIVE(void, MempoolNative, free)(JNIEnv *env, jclass type, jlong pool)
{
    rte_mempool_free(at(pool));
}

NATIVE(jint, MempoolNative, available)(JNIEnv *env, jclass type, jlong pool)
{
    return (jint)rte_mempool_avail_count(at(pool));
}

/* All or none. */
NATIVE(jint, MempoolNative, allocate)(JNIEnv *env, jclass type, jlong pool, jlong slots, jint count)
{
    return rte_pktmbuf_alloc_bulk(at(pool), at(slots), (unsigned)count);
}

NATIVE(void, MempoolNative, freePackets)(JNIEnv *env, jclass type, jlong slots, jint count)
{
    rte_pktmbuf_free_bulk(at(slots), (unsigned)count);
}
