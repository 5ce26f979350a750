/* Receive side scaling of librte_ethdev: which fields are hashed, with what key, and which queue a hash goes to. */
#include "io_patchbay_dpdk_RssNative.h"
#include "native.h"

#include <string.h>

#include <rte_ethdev.h>

/* A key of no bytes leaves the one there is. */
NATIVE(jint, RssNative, setHash)
(JNIEnv *env, jclass type, jint port, jlong functions, jlong key, jint bytes)
{
    struct rte_eth_rss_conf how = {
        .rss_key = bytes ? at(key) : NULL,
        .rss_key_len = (uint8_t)bytes,
        .rss_hf = (uint64_t)functions,
    };
    return rte_eth_dev_rss_hash_update((uint16_t)port, &how);
}

enum { MOST = 2048, GROUPS = MOST / RTE_ETH_RETA_GROUP_SIZE };

/* queues: as many 16-bit numbers as the table has entries. */
NATIVE(jint, RssNative, setTable)(JNIEnv *env, jclass type, jint port, jlong queues, jint size)
{
    struct rte_eth_rss_reta_entry64 table[GROUPS];
    const uint16_t *queue = at(queues);
    if (size > MOST)
        return -E2BIG;
    memset(table, 0, sizeof table);
    for (jint i = 0; i < size; i++) {
        struct rte_eth_rss_reta_entry64 *group = &table[i / RTE_ETH_RETA_GROUP_SIZE];
        group->mask |= UINT64_C(1) << (i % RTE_ETH_RETA_GROUP_SIZE);
        group->reta[i % RTE_ETH_RETA_GROUP_SIZE] = queue[i];
    }
    return rte_eth_dev_rss_reta_update((uint16_t)port, table, (uint16_t)size);
}

NATIVE(jint, RssNative, table)(JNIEnv *env, jclass type, jint port, jlong queues, jint size)
{
    struct rte_eth_rss_reta_entry64 table[GROUPS];
    uint16_t *queue = at(queues);
    if (size > MOST)
        return -E2BIG;
    memset(table, 0, sizeof table);
    for (int i = 0; i < GROUPS; i++)
        table[i].mask = UINT64_MAX;
    int result = rte_eth_dev_rss_reta_query((uint16_t)port, table, (uint16_t)size);
    for (jint i = 0; result == 0 && i < size; i++)
        queue[i] = table[i / RTE_ETH_RETA_GROUP_SIZE].reta[i % RTE_ETH_RETA_GROUP_SIZE];
    return result;
}
