/* What the natives of io.patchbay.dpdk share. Each returns a value ≥ 0 or -errno; none calls back into Java. */
#ifndef PATCHBAY_NATIVE_H
#define PATCHBAY_NATIVE_H

#include <errno.h>
#include <jni.h>
#include <stdint.h>

#include <rte_errno.h>

#define NATIVE(type, class, method) JNIEXPORT type JNICALL Java_io_patchbay_dpdk_##class##_##method

/* An address that Java holds as a long. */
static inline void *at(jlong address)
{
    return (void *)(uintptr_t)address;
}

/* -errno of a call that tells its failure by rte_errno alone. */
static inline int failure(void)
{
    return rte_errno ? -rte_errno : -EINVAL;
}

#endif
