/* Where the fields of a packet buffer are in the DPDK that this was built with: as offset << 8 | size, beside names. */
#include "io_patchbay_dpdk_LayoutNative.h"
#include "native.h"

#include <stddef.h>

#include <rte_mbuf.h>
#include <rte_mbuf_core.h>

#define FIELD(text, field)                                                                                             \
    {                                                                                                                  \
        text, (jlong)offsetof(struct rte_mbuf, field) << 8 | (jlong)sizeof(((struct rte_mbuf *)0)->field)              \
    }

static const struct {
    const char *name;
    jlong place;
} fields[] = {
    FIELD("buf_addr", buf_addr),
    FIELD("data_off", data_off),
    FIELD("nb_segs", nb_segs),
    FIELD("port", port),
    FIELD("ol_flags", ol_flags),
    FIELD("packet_type", packet_type),
    FIELD("pkt_len", pkt_len),
    FIELD("data_len", data_len),
    FIELD("vlan_tci", vlan_tci),
    FIELD("hash.rss", hash.rss),
    FIELD("buf_len", buf_len),
    FIELD("tx_offload", tx_offload),
};

enum { COUNT = sizeof fields / sizeof *fields };

NATIVE(jobjectArray, LayoutNative, names)(JNIEnv *env, jclass type)
{
    jclass string = (*env)->FindClass(env, "java/lang/String");
    jobjectArray names = string ? (*env)->NewObjectArray(env, COUNT, string, NULL) : NULL;
    for (jsize i = 0; names && i < COUNT; i++) {
        jstring name = (*env)->NewStringUTF(env, fields[i].name);
        if (!name)
            return NULL;
        (*env)->SetObjectArrayElement(env, names, i, name);
        (*env)->DeleteLocalRef(env, name);
    }
    return names;
}

NATIVE(jlongArray, LayoutNative, places)(JNIEnv *env, jclass type)
{
    jlong places[COUNT];
    for (jsize i = 0; i < COUNT; i++)
        places[i] = fields[i].place;
    jlongArray array = (*env)->NewLongArray(env, COUNT);
    if (array)
        (*env)->SetLongArrayRegion(env, array, 0, COUNT, places);
    return array;
}
