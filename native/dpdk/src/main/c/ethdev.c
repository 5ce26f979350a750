/* The control path of librte_ethdev: names, configuration, state, addresses and counters of ports. */
#include "fault.h"
#include "io_patchbay_dpdk_EthdevNative.h"
#include "native.h"

#include <string.h>

#include <rte_ethdev.h>
#include <rte_ether.h>

#define CLASS(name) io_patchbay_dpdk_EthdevNative_##name

NATIVE(jint, EthdevNative, find)(JNIEnv *env, jclass type, jstring name)
{
    const char *text = (*env)->GetStringUTFChars(env, name, NULL);
    if (!text)
        return -ENOMEM;
    uint16_t port = 0;
    int result = rte_eth_dev_get_port_by_name(text, &port);
    (*env)->ReleaseStringUTFChars(env, name, text);
    return result < 0 ? result : port;
}

NATIVE(jstring, EthdevNative, name)(JNIEnv *env, jclass type, jint port)
{
    char name[RTE_ETH_NAME_MAX_LEN];
    return rte_eth_dev_get_name_by_port((uint16_t)port, name) == 0 ? (*env)->NewStringUTF(env, name) : NULL;
}

NATIVE(jstring, EthdevNative, driver)(JNIEnv *env, jclass type, jint port)
{
    struct rte_eth_dev_info info;
    return rte_eth_dev_info_get((uint16_t)port, &info) == 0 ? (*env)->NewStringUTF(env, info.driver_name) : NULL;
}

/* The numbers of the ports there are, in ascending order. */
NATIVE(jintArray, EthdevNative, ports)(JNIEnv *env, jclass type)
{
    jint numbers[RTE_MAX_ETHPORTS];
    jsize count = 0;
    for (uint16_t port = 0; port < RTE_MAX_ETHPORTS; port++)
        if (rte_eth_dev_is_valid_port(port))
            numbers[count++] = port;
    jintArray array = (*env)->NewIntArray(env, count);
    if (array)
        (*env)->SetIntArrayRegion(env, array, 0, count, numbers);
    return array;
}

NATIVE(jint, EthdevNative, info)(JNIEnv *env, jclass type, jint port, jlong target)
{
    struct rte_eth_dev_info info;
    int result = rte_eth_dev_info_get((uint16_t)port, &info);
    if (result < 0)
        return result;
    int64_t *out = at(target);
    out[CLASS(INFO_RX_QUEUES)] = info.max_rx_queues;
    out[CLASS(INFO_TX_QUEUES)] = info.max_tx_queues;
    out[CLASS(INFO_MIN_MTU)] = info.min_mtu;
    out[CLASS(INFO_MAX_MTU)] = info.max_mtu;
    out[CLASS(INFO_NUMA_NODE)] = rte_eth_dev_socket_id((uint16_t)port);
    out[CLASS(INFO_RSS_FUNCTIONS)] = (int64_t)info.flow_type_rss_offloads;
    out[CLASS(INFO_RETA_SIZE)] = info.reta_size;
    out[CLASS(INFO_RX_OFFLOADS)] = (int64_t)info.rx_offload_capa;
    out[CLASS(INFO_TX_OFFLOADS)] = (int64_t)info.tx_offload_capa;
    return 0;
}

static int queues(uint16_t port, const int64_t *config, const struct rte_eth_dev_info *info)
{
    uint16_t rx = (uint16_t)config[CLASS(CONFIG_RX_DESCRIPTORS)];
    uint16_t tx = (uint16_t)config[CLASS(CONFIG_TX_DESCRIPTORS)];
    int result = rte_eth_dev_adjust_nb_rx_tx_desc(port, &rx, &tx);
    unsigned node = (unsigned)rte_eth_dev_socket_id(port);
    for (int64_t i = 0; result == 0 && i < config[CLASS(CONFIG_RX_QUEUES)]; i++) {
        struct rte_eth_rxconf how = info->default_rxconf;
        how.offloads = (uint64_t)config[CLASS(CONFIG_RX_OFFLOADS)];
        result = rte_eth_rx_queue_setup(port, (uint16_t)i, rx, node, &how, at(config[CLASS(CONFIG_POOL)]));
    }
    for (int64_t i = 0; result == 0 && i < config[CLASS(CONFIG_TX_QUEUES)]; i++) {
        struct rte_eth_txconf how = info->default_txconf;
        how.offloads = (uint64_t)config[CLASS(CONFIG_TX_OFFLOADS)];
        result = rte_eth_tx_queue_setup(port, (uint16_t)i, tx, node, &how);
    }
    return result;
}

/* Configures the port and sets all its queues up. Descriptors are rounded to what the driver takes. */
NATIVE(jint, EthdevNative, configure)(JNIEnv *env, jclass type, jint number, jlong source)
{
    const int64_t *config = at(source);
    uint16_t port = (uint16_t)number;
    struct rte_eth_dev_info info;
    int result = rte_eth_dev_info_get(port, &info);
    if (result == 0)
        result = fault_port(port, info.driver_name);
    if (result < 0)
        return result;
    struct rte_eth_conf how;
    memset(&how, 0, sizeof how);
    how.rxmode.mtu = (uint32_t)config[CLASS(CONFIG_MTU)];
    how.rxmode.offloads = (uint64_t)config[CLASS(CONFIG_RX_OFFLOADS)];
    how.txmode.offloads = (uint64_t)config[CLASS(CONFIG_TX_OFFLOADS)];
    how.rx_adv_conf.rss_conf.rss_hf = (uint64_t)config[CLASS(CONFIG_RSS_FUNCTIONS)];
    how.rxmode.mq_mode = how.rx_adv_conf.rss_conf.rss_hf ? RTE_ETH_MQ_RX_RSS : RTE_ETH_MQ_RX_NONE;
    how.intr_conf.lsc = (*info.dev_flags & RTE_ETH_DEV_INTR_LSC) != 0;
    how.intr_conf.rmv = (*info.dev_flags & RTE_ETH_DEV_INTR_RMV) != 0;
    result = rte_eth_dev_configure(
        port, (uint16_t)config[CLASS(CONFIG_RX_QUEUES)], (uint16_t)config[CLASS(CONFIG_TX_QUEUES)], &how);
    return result < 0 ? result : queues(port, config, &info);
}

NATIVE(jint, EthdevNative, start)(JNIEnv *env, jclass type, jint port)
{
    return rte_eth_dev_start((uint16_t)port);
}

NATIVE(jint, EthdevNative, stop)(JNIEnv *env, jclass type, jint port)
{
    return rte_eth_dev_stop((uint16_t)port);
}

NATIVE(jint, EthdevNative, close)(JNIEnv *env, jclass type, jint port)
{
    return rte_eth_dev_close((uint16_t)port);
}

NATIVE(jint, EthdevNative, reset)(JNIEnv *env, jclass type, jint port)
{
    return rte_eth_dev_reset((uint16_t)port);
}

/* speed << 2 | full duplex << 1 | up */
NATIVE(jlong, EthdevNative, link)(JNIEnv *env, jclass type, jint port)
{
    struct rte_eth_link link;
    memset(&link, 0, sizeof link);
    int result = rte_eth_link_get_nowait((uint16_t)port, &link);
    if (result < 0)
        return result;
    return (jlong)link.link_speed << 2 | (jlong)link.link_duplex << 1 | (jlong)link.link_status;
}

NATIVE(jlong, EthdevNative, mac)(JNIEnv *env, jclass type, jint port)
{
    struct rte_ether_addr mac;
    int result = rte_eth_macaddr_get((uint16_t)port, &mac);
    if (result < 0)
        return result;
    jlong value = 0;
    for (int i = 0; i < RTE_ETHER_ADDR_LEN; i++)
        value = value << 8 | mac.addr_bytes[i];
    return value;
}

NATIVE(jint, EthdevNative, setMac)(JNIEnv *env, jclass type, jint port, jlong value)
{
    struct rte_ether_addr mac;
    for (int i = 0; i < RTE_ETHER_ADDR_LEN; i++)
        mac.addr_bytes[i] = (uint8_t)(value >> (8 * (RTE_ETHER_ADDR_LEN - 1 - i)));
    return rte_eth_dev_default_mac_addr_set((uint16_t)port, &mac);
}

NATIVE(jint, EthdevNative, mtu)(JNIEnv *env, jclass type, jint port)
{
    uint16_t mtu = 0;
    int result = rte_eth_dev_get_mtu((uint16_t)port, &mtu);
    return result < 0 ? result : mtu;
}

NATIVE(jint, EthdevNative, setMtu)(JNIEnv *env, jclass type, jint port, jint mtu)
{
    return rte_eth_dev_set_mtu((uint16_t)port, (uint16_t)mtu);
}

NATIVE(jint, EthdevNative, promiscuous)(JNIEnv *env, jclass type, jint port)
{
    return rte_eth_promiscuous_get((uint16_t)port);
}

NATIVE(jint, EthdevNative, setPromiscuous)(JNIEnv *env, jclass type, jint port, jboolean on)
{
    return on ? rte_eth_promiscuous_enable((uint16_t)port) : rte_eth_promiscuous_disable((uint16_t)port);
}

NATIVE(jint, EthdevNative, allMulticast)(JNIEnv *env, jclass type, jint port)
{
    return rte_eth_allmulticast_get((uint16_t)port);
}

NATIVE(jint, EthdevNative, setAllMulticast)(JNIEnv *env, jclass type, jint port, jboolean on)
{
    return on ? rte_eth_allmulticast_enable((uint16_t)port) : rte_eth_allmulticast_disable((uint16_t)port);
}
