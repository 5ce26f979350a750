/* librte_eal: start, end and devices that come and go. */
#include "io_patchbay_dpdk_EalNative.h"
#include "native.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <rte_dev.h>
#include <rte_eal.h>
#include <rte_version.h>


NATIVE(jstring, EalNative, version)(JNIEnv *env, jclass type)
{
    return (*env)->NewStringUTF(env, rte_version());
}

/* Year and month are the release whose inline functions and structures are compiled in here. */
NATIVE(jstring, EalNative, built)(JNIEnv *env, jclass type)
{
    char text[64];
    snprintf(text, sizeof text, "%s %d.%02d", RTE_VER_PREFIX, RTE_VER_YEAR, RTE_VER_MONTH);
    return (*env)->NewStringUTF(env, text);
}

NATIVE(jstring, EalNative, text)(JNIEnv *env, jclass type, jint error)
{
    return (*env)->NewStringUTF(env, rte_strerror(error));
}

static void release(char **words, jsize count)
{
    for (jsize i = 0; i < count; i++)
        free(words[i]);
    free(words);
}

static char **copy(JNIEnv *env, jobjectArray args, jsize count)
{
    char **words = calloc((size_t)count + 2, sizeof *words);
    if (!words || !(words[0] = strdup("patchbay"))) {
        free(words);
        return NULL;
    }
    for (jsize i = 0; i < count; i++) {
        jstring arg = (*env)->GetObjectArrayElement(env, args, i);
        const char *text = (*env)->GetStringUTFChars(env, arg, NULL);
        words[i + 1] = text ? strdup(text) : NULL;
        if (text)
            (*env)->ReleaseStringUTFChars(env, arg, text);
        (*env)->DeleteLocalRef(env, arg);
        if (!words[i + 1]) {
            release(words, i + 1);
            return NULL;
        }
    }
    return words;
}

/* Pins the calling thread to EAL's main lcore, which threads that it creates would inherit: Java gives one away for this. */
NATIVE(jint, EalNative, init)(JNIEnv *env, jclass type, jobjectArray args)
{
    jsize count = (*env)->GetArrayLength(env, args);
    char **words = copy(env, args, count);
    /* EAL permutes what it parses. */
    char **parsed = calloc((size_t)count + 2, sizeof *parsed);
    if (!words || !parsed) {
        if (words)
            release(words, count + 1);
        free(parsed);
        return -ENOMEM;
    }
    memcpy(parsed, words, ((size_t)count + 1) * sizeof *parsed);
    rte_errno = 0;
    int result = rte_eal_init((int)count + 1, parsed) < 0 ? failure() : 0;
    free(parsed);
    /* EAL may keep pointers into its arguments for as long as it runs. */
    if (result < 0)
        release(words, count + 1);
    return result;
}

NATIVE(jint, EalNative, cleanup)(JNIEnv *env, jclass type)
{
    return rte_eal_cleanup();
}

NATIVE(jboolean, EalNative, hasHugepages)(JNIEnv *env, jclass type)
{
    return rte_eal_has_hugepages() != 0;
}

NATIVE(jint, EalNative, iovaMode)(JNIEnv *env, jclass type)
{
    return (jint)rte_eal_iova_mode();
}

NATIVE(jint, EalNative, hotplugAdd)(JNIEnv *env, jclass type, jstring bus, jstring device, jstring args)
{
    const char *b = (*env)->GetStringUTFChars(env, bus, NULL);
    const char *d = (*env)->GetStringUTFChars(env, device, NULL);
    const char *a = (*env)->GetStringUTFChars(env, args, NULL);
    int result = b && d && a ? rte_eal_hotplug_add(b, d, a) : -ENOMEM;
    if (b)
        (*env)->ReleaseStringUTFChars(env, bus, b);
    if (d)
        (*env)->ReleaseStringUTFChars(env, device, d);
    if (a)
        (*env)->ReleaseStringUTFChars(env, args, a);
    return result;
}

NATIVE(jint, EalNative, hotplugRemove)(JNIEnv *env, jclass type, jstring bus, jstring device)
{
    const char *b = (*env)->GetStringUTFChars(env, bus, NULL);
    const char *d = (*env)->GetStringUTFChars(env, device, NULL);
    int result = b && d ? rte_eal_hotplug_remove(b, d) : -ENOMEM;
    if (b)
        (*env)->ReleaseStringUTFChars(env, bus, b);
    if (d)
        (*env)->ReleaseStringUTFChars(env, device, d);
    return result;
}
