package io.patchbay.meta.multus;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// The keys of Multus' configuration. Source: Multus pkg/types/conf.go, pkg/server/types.go,
/// cmd/thin_entrypoint/main.go.
final class MultusKeys {
    /// Keys with a counterpart, which {@link Translator} writes.
    static final Set<String> TRANSLATED =
            Set.of(
                    "clusterNetwork",
                    "defaultNetworks",
                    "delegates",
                    "confDir",
                    "cniDir",
                    "binDir",
                    "namespaceIsolation",
                    "globalNamespaces",
                    "systemNamespaces",
                    "multusNamespace",
                    "auxiliaryCNIChainName",
                    "logLevel",
                    "connectionLimit",
                    "cniConfigDir",
                    "multusAutoconfigDir",
                    "multusMasterCNI",
                    "capabilities");

    private static final String LOGGING =
            "has no counterpart: Patchbay logs to its standard output, which the service manager or the container runtime keeps and rotates";
    private static final String OF_RUNTIME =
            "is the runtime's to set for each call, and means nothing in a file";
    private static final String READ_BY_NOBODY =
            "is read by nobody, in Multus neither: it is left out";

    /// What there is to say of the others, as it follows their name.
    static final Map<String, String> ANSWERS =
            Map.ofEntries(
                    Map.entry(
                            "cniVersion",
                            "is not carried over: the configuration that Patchbay publishes offers 0.3.1 to 1.1.0, and the runtime takes the highest it knows, so CHECK, STATUS and GC are called from now on"),
                    Map.entry(
                            "cniVersions",
                            "is not carried over: Patchbay offers all versions that it speaks"),
                    Map.entry(
                            "name",
                            "is not carried over: the runtime sees a network that is called \"patchbay\""),
                    Map.entry("type", "becomes \"patchbay\" in the file that Patchbay publishes"),
                    Map.entry(
                            "disableCheck",
                            "is not carried over: a CHECK compares each attachment with what its ADD made"),
                    Map.entry(
                            "disableGC",
                            "is not carried over: a GC of the runtime collects what it does not list"),
                    Map.entry(
                            "loadOnlyInlinedPlugins",
                            "is not carried over: nothing is ever chained behind Patchbay from other files"),
                    Map.entry("prevResult", OF_RUNTIME),
                    Map.entry("runtimeConfig", OF_RUNTIME),
                    Map.entry(
                            "kubeconfig",
                            "is not carried over: Patchbay's binary reads no credentials, and its daemon is told of the cluster in its own configuration"),
                    Map.entry(
                            "readinessindicatorfile",
                            "has no counterpart: STATUS asks the default network itself and answers at once, and an ADD that comes too early is told to try again"),
                    Map.entry(
                            "retryDeleteOnError",
                            "is always so: what a DEL cannot undo is kept, and the DEL fails until it is undone"),
                    Map.entry("logFile", LOGGING),
                    Map.entry("logToStderr", LOGGING),
                    Map.entry("logOptions", LOGGING),
                    Map.entry(
                            "chrootDir",
                            "has no counterpart: binaries are called in the mount namespace of the daemon, so their directory is mounted there under its own path"),
                    Map.entry(
                            "socketDir",
                            "is not carried over: the socket is /run/patchbay/cni.sock, and key \"socket\" sets another"),
                    Map.entry(
                            "daemonSocketDir",
                            "is not carried over: the plugin binary finds the daemon at /run/patchbay/cni.sock, or where PATCHBAY_SOCKET says"),
                    Map.entry(
                            "metricsPort",
                            "is not carried over: Multus' metrics are not Patchbay's"),
                    Map.entry(
                            "enablePprof",
                            "has no counterpart: a JVM is looked into with jcmd and JFR, without a port"),
                    Map.entry(
                            "perNodeCertificate",
                            "has no counterpart: the daemon needs no certificate of its own"),
                    Map.entry(
                            "multusConfigFile",
                            "has no counterpart: Patchbay publishes one file that never changes, and never withdraws it"),
                    Map.entry(
                            "forceCNIVersion",
                            "has no counterpart: Patchbay rewrites nobody's configuration"),
                    Map.entry(
                            "overrideNetworkName",
                            "has no counterpart: the default network keeps the name of its own configuration"),
                    Map.entry("cniConf", READ_BY_NOBODY),
                    Map.entry(
                            "allowTryDeleteOnErr",
                            "stands in Multus' documentation and in none of its code; it means retryDeleteOnError, which is always so here"));

    static final Collection<String> ALL = all();

    private MultusKeys() {}

    private static Collection<String> all() {
        Set<String> all = new TreeSet<>(TRANSLATED);
        all.addAll(ANSWERS.keySet());
        return all;
    }
}
