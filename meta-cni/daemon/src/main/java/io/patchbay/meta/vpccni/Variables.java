package io.patchbay.meta.vpccni;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// All variables of the VPC CNI, and the keys of its ConfigMap. Source: amazon-vpc-cni-k8s
/// README.md and code of v1.23.1.
final class Variables {
    private static final String CHAIN =
            "defaultNetwork can be a list, %s: then pods get it as before, by the binary in /opt/cni/bin";
    private static final String EGRESS =
            "the other address family of pods, for egress alone, is not given here: there is no egress-cni";
    private static final String IPV6 =
            "which families pods get is said by families in the section vpc: without it, by ENABLE_IPv4 and ENABLE_IPv6 in the daemon's own environment";
    private static final String LOG =
            "there is no log file: the daemon logs to its standard error, and PATCHBAY_LOG is the level, ERROR, WARN, INFO or DEBUG";
    private static final String INTROSPECTION =
            "nothing is served at port 61679: patchbay eni prints interfaces and addresses";
    private static final String IDENTITY = "tells aws-node what it is, and is not needed here";
    private static final String INSTALLED =
            "is a path within aws-node: Patchbay's own DaemonSet says where its binary and its file go";
    private static final String WINDOWS =
            "is for nodes of Windows, which the VPC Resource Controller gives their addresses: nothing changes for them";

    static final List<Variable> ALL =
            Stream.of(pool(), interfaces(), egress(), links(), lost(), process(), configMap())
                    .flatMap(List::stream)
                    .toList();

    static final Map<String, Variable> BY_NAME =
            ALL.stream().collect(Collectors.toMap(Variable::name, Function.identity()));

    private Variables() {}

    private static List<Variable> pool() {
        return List.of(
                Variable.of(
                        "ENABLE_PREFIX_DELEGATION",
                        Kind.FLAG,
                        "pool.prefixes",
                        "while a subnet has no whole /28, single addresses are taken"),
                Variable.of("WARM_IP_TARGET", Kind.STOCK, "pool.warmAddresses"),
                Variable.of("MINIMUM_IP_TARGET", Kind.STOCK, "pool.minimumAddresses"),
                Variable.of("WARM_ENI_TARGET", Kind.STOCK, "pool.warmInterfaces"),
                Variable.of("WARM_PREFIX_TARGET", Kind.STOCK, "pool.warmPrefixes"),
                Variable.of("MAX_ENI", Kind.MOST, "pool.maxInterfaces"),
                Variable.of(
                        "IP_COOLDOWN_PERIOD",
                        Kind.SECONDS,
                        "cooldownSeconds",
                        "it outlives a restart of the daemon"),
                Variable.of(
                        "DISABLE_NETWORK_RESOURCE_PROVISIONING", Kind.OPPOSITE, "pool.provision"),
                Variable.on(
                        "AWS_MANAGE_ENIS_NON_SCHEDULABLE",
                        "a cordoned node is managed as any other here"));
    }

    private static List<Variable> interfaces() {
        return List.of(
                Variable.of("ENABLE_SUBNET_DISCOVERY", Kind.FLAG, "interfaces.discovery"),
                Variable.of("CLUSTER_NAME", Kind.TEXT, "interfaces.cluster"),
                Variable.of("ADDITIONAL_ENI_TAGS", Kind.TAGS, "interfaces.tags"),
                Variable.of("MANAGE_UNTAGGED_ENI", Kind.FLAG, "interfaces.untagged"),
                Variable.of(
                        "DISABLE_LEAKED_ENI_CLEANUP",
                        Kind.OPPOSITE,
                        "interfaces.sweep",
                        "the sweep takes interfaces that Patchbay made, and never the VPC CNI's"),
                // Behind the two that it implies.
                Variable.of("ENABLE_IMDS_ONLY_MODE", Kind.CLOUDLESS, "pool.provision"),
                Variable.of(
                        "AWS_EC2_ENDPOINT",
                        Kind.URL,
                        "ec2",
                        "the VPC CNI documents it and asks the region's own EC2 all the same, Patchbay asks here"),
                Variable.of("AWS_ENDPOINT_URL_EC2", Kind.URL, "ec2"),
                Variable.of("AWS_EC2_METADATA_SERVICE_ENDPOINT", Kind.URL, "imds"),
                Variable.of("AWS_REGION", Kind.TEXT, "region"),
                Variable.of(
                        "AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG",
                        Kind.FLAG,
                        "customNetworking.enabled"),
                Variable.of("ENABLE_POD_ENI", Kind.FLAG, "securityGroupsForPods.enabled"),
                Variable.of(
                        "POD_SECURITY_GROUP_ENFORCING_MODE",
                        Kind.TEXT,
                        "securityGroupsForPods.enforcement"),
                Variable.of("ENI_CONFIG_LABEL_DEF", Kind.TEXT, "customNetworking.label"),
                Variable.of("ENI_CONFIG_ANNOTATION_DEF", Kind.TEXT, "customNetworking.annotation"),
                Variable.told("VPC_ID", "is not needed: instance metadata tells it"),
                Variable.told(
                        "HTTP_TIMEOUT",
                        "is lost: a connection to EC2, and each read from it, takes 10 s at most"));
    }

    private static List<Variable> egress() {
        return List.of(
                Variable.of("AWS_VPC_K8S_CNI_EXTERNALSNAT", Kind.SNAT, "egress.snat"),
                Variable.of("AWS_VPC_K8S_CNI_RANDOMIZESNAT", Kind.SNAT, "egress.snat"),
                Variable.of("AWS_VPC_K8S_CNI_EXCLUDE_SNAT_CIDRS", Kind.BLOCKS, "egress.excluded"),
                Variable.of("AWS_EXTERNAL_SERVICE_CIDRS", Kind.BLOCKS, "egress.external"),
                Variable.of("AWS_VPC_CNI_NODE_PORT_SUPPORT", Kind.FLAG, "egress.nodePorts"),
                Variable.of("AWS_VPC_K8S_CNI_CONNMARK", Kind.MARK, "egress.mark"),
                Variable.told(
                        "AWS_VPC_K8S_CNI_CONFIGURE_RPFILTER",
                        "is deprecated there, too: the primary interface gets rp_filter 2"),
                Variable.told(
                        "ENABLE_NFTABLES",
                        "is deprecated there, too: Patchbay uses nftables alone, one table of its own, and never iptables"));
    }

    private static List<Variable> links() {
        return List.of(
                Variable.of("AWS_VPC_ENI_MTU", Kind.MTU, "mtu"),
                Variable.of("POD_MTU", Kind.POD_MTU, "mtu"),
                Variable.of("AWS_VPC_K8S_CNI_VETHPREFIX", Kind.PREFIX, "vethPrefix"));
    }

    private static List<Variable> lost() {
        return List.of(
                Variable.told(
                        "NETWORK_POLICY_ENFORCING_MODE",
                        "network policies are not enforced here, in no mode: another program has to do it"),
                Variable.told(
                        "DISABLE_TCP_EARLY_DEMUX",
                        "is not needed: net.ipv4.tcp_early_demux is 0 for as long as a pod of strict enforcement is there"),
                Variable.on("ENABLE_IPv4", IPV6),
                Variable.off("ENABLE_IPv6", IPV6),
                Variable.off("ENABLE_V6_EGRESS", EGRESS),
                Variable.told(
                        "ENABLE_V4_EGRESS",
                        "is for clusters of IPv6, and is lost: pods of both families have their own address of IPv4 here"),
                Variable.off(
                        "ENABLE_MULTI_NIC",
                        "pods do not get one interface for each network card: a NetworkAttachmentDefinition of type vpc gives one more to pods that ask for it"),
                Variable.off(
                        "ANNOTATE_POD_IP",
                        "vpc.amazonaws.com/pod-ips is not written: k8s.v1.cni.cncf.io/network-status tells a pod's addresses"),
                Variable.off(
                        "ENABLE_BANDWIDTH_PLUGIN",
                        "the bandwidth plugin is not chained: "
                                + CHAIN.formatted(
                                        "plugins: [{type: vpc}, {type: bandwidth, capabilities: {bandwidth: true}}]")),
                Variable.off(
                        "DISABLE_POD_V6",
                        "IPv6 is not switched off in pods: "
                                + CHAIN.formatted(
                                        "plugins: [{type: vpc}, {type: tuning, sysctl: {net.ipv6.conf.all.disable_ipv6: \"1\"}}]")));
    }

    private static List<Variable> process() {
        return List.of(
                Variable.told(
                        "CLUSTER_ENDPOINT",
                        "is not taken over: kubernetes.server says where a daemon finds the API server that shall do without kube-proxy"),
                Variable.told(
                        "AWS_VPC_K8S_CNI_BACKING_STORE",
                        "is not taken over: the pods that run are adopted from a checkpoint in its usual place, /var/run/aws-node/ipam.json on the node"),
                Variable.told("HOST_CNI_BIN_PATH", INSTALLED),
                Variable.told("HOST_CNI_CONFDIR_PATH", INSTALLED),
                Variable.told("AWS_VPC_K8S_CNI_LOGLEVEL", LOG),
                Variable.told("AWS_VPC_K8S_CNI_LOG_FILE", LOG),
                Variable.told("AWS_VPC_K8S_PLUGIN_LOG_LEVEL", LOG),
                Variable.told("AWS_VPC_K8S_PLUGIN_LOG_FILE", LOG),
                Variable.told("AWS_VPC_K8S_EGRESS_V4_PLUGIN_LOG_FILE", LOG),
                Variable.told("AWS_VPC_K8S_EGRESS_V6_PLUGIN_LOG_FILE", LOG),
                Variable.told(
                        "DISABLE_METRICS",
                        "is lost: metrics have names of their own, not awscni_*, and are printed by patchbay metrics, or served where metrics.listen says"),
                Variable.told("DISABLE_INTROSPECTION", "is lost: " + INTROSPECTION),
                Variable.told("INTROSPECTION_BIND_ADDRESS", "is lost: " + INTROSPECTION),
                Variable.told(
                        "MY_NODE_NAME", IDENTITY + ": NODE_NAME or kubernetes.node tells Patchbay"),
                Variable.told("MY_POD_NAME", IDENTITY),
                Variable.told("VPC_CNI_VERSION", IDENTITY));
    }

    private static List<Variable> configMap() {
        return List.of(
                Variable.told(
                        "enable-network-policy-controller",
                        "is for Amazon's controller: what it tells the nodes is not enforced here"),
                Variable.told(
                        "branch-eni-cooldown",
                        "is not taken over: the VPC resource controller reads it, here as there"),
                Variable.told("enable-windows-ipam", WINDOWS),
                Variable.told("enable-windows-prefix-delegation", WINDOWS),
                Variable.told("warm-prefix-target", WINDOWS),
                Variable.told("warm-ip-target", WINDOWS),
                Variable.told("minimum-ip-target", WINDOWS));
    }
}
