/* Threads of librte_eal: the calling one becomes one of DPDK's, and is bound to CPUs. */
#include "io_patchbay_dpdk_ThreadNative.h"
#include "native.h"

#include <rte_lcore.h>

_Static_assert(sizeof(rte_cpuset_t) == io_patchbay_dpdk_ThreadNative_CPU_SET_BYTES, "set of CPUs");

/* The number of the lcore, which is the thread's until it unregisters. */
NATIVE(jint, ThreadNative, enroll)(JNIEnv *env, jclass type)
{
    rte_errno = 0;
    return rte_thread_register() < 0 ? failure() : (jint)rte_lcore_id();
}

NATIVE(void, ThreadNative, discharge)(JNIEnv *env, jclass type)
{
    rte_thread_unregister();
}

NATIVE(void, ThreadNative, affinity)(JNIEnv *env, jclass type, jlong target)
{
    rte_thread_get_affinity(at(target));
}

NATIVE(jint, ThreadNative, setAffinity)(JNIEnv *env, jclass type, jlong source)
{
    rte_cpuset_t *cpus = at(source);
    return rte_thread_set_affinity(cpus) == 0 ? 0 : -EINVAL;
}
