/* The counters of librte_ethdev: those that every port has, and those that a driver has besides. */
#include "io_patchbay_dpdk_CountersNative.h"
#include "native.h"

#include <stdlib.h>

#include <rte_ethdev.h>

#define CLASS(name) io_patchbay_dpdk_CountersNative_##name

NATIVE(jint, CountersNative, stats)(JNIEnv *env, jclass type, jint port, jlong target)
{
    struct rte_eth_stats stats;
    int result = rte_eth_stats_get((uint16_t)port, &stats);
    if (result < 0)
        return result;
    uint64_t *out = at(target);
    out[CLASS(RX_PACKETS)] = stats.ipackets;
    out[CLASS(TX_PACKETS)] = stats.opackets;
    out[CLASS(RX_BYTES)] = stats.ibytes;
    out[CLASS(TX_BYTES)] = stats.obytes;
    out[CLASS(RX_MISSED)] = stats.imissed;
    out[CLASS(RX_ERRORS)] = stats.ierrors;
    out[CLASS(TX_ERRORS)] = stats.oerrors;
    out[CLASS(RX_NO_BUFFER)] = stats.rx_nombuf;
    return 0;
}

NATIVE(jint, CountersNative, reset)(JNIEnv *env, jclass type, jint port)
{
    return rte_eth_stats_reset((uint16_t)port);
}

/* NULL where the driver does not tell. */
NATIVE(jobjectArray, CountersNative, names)(JNIEnv *env, jclass type, jint port)
{
    int count = rte_eth_xstats_get_names((uint16_t)port, NULL, 0);
    struct rte_eth_xstat_name *names = count > 0 ? calloc((size_t)count, sizeof *names) : NULL;
    jobjectArray result = NULL;
    if (names && rte_eth_xstats_get_names((uint16_t)port, names, (unsigned)count) == count) {
        jclass string = (*env)->FindClass(env, "java/lang/String");
        result = string ? (*env)->NewObjectArray(env, count, string, NULL) : NULL;
        for (jsize i = 0; result && i < count; i++) {
            jstring name = (*env)->NewStringUTF(env, names[i].name);
            if (!name)
                break;
            (*env)->SetObjectArrayElement(env, result, i, name);
            (*env)->DeleteLocalRef(env, name);
        }
    }
    free(names);
    return result;
}

/* Their values, in the order of the names. */
NATIVE(jint, CountersNative, values)(JNIEnv *env, jclass type, jint port, jlong target, jint count)
{
    return rte_eth_xstats_get_by_id((uint16_t)port, NULL, at(target), (unsigned)count);
}
