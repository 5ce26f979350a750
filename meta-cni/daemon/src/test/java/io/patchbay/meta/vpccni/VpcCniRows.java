package io.patchbay.meta.vpccni;

import java.util.List;
import java.util.stream.Stream;

/// Variables with a value each, and what comes of it.
public final class VpcCniRows {
    private static final String NOTHING = "";
    private static final String POOL = "/delegates/vpc/pool/";
    private static final String INTERFACES = "/delegates/vpc/interfaces/";
    private static final String EGRESS = "/delegates/vpc/egress/";

    public static final List<Row> ALL =
            Stream.of(pool(), interfaces(), egress(), links(), lost(), process(), configMap())
                    .flatMap(List::stream)
                    .toList();

    private VpcCniRows() {}

    /// @param pointer where the settings have something for it; empty where they are as without it
    /// @param json what they have there
    /// @param words some of the sentence on it
    public record Row(String name, String value, String pointer, String json, String words) {
        public String line() {
            return name + "=" + value;
        }
    }

    private static Row row(String name, String value, String pointer, String json, String words) {
        return new Row(name, value, pointer, json, words);
    }

    private static Row row(String name, String value, String words) {
        return new Row(name, value, NOTHING, "", words);
    }

    private static List<Row> pool() {
        return List.of(
                row("ENABLE_PREFIX_DELEGATION", "true", POOL + "prefixes", "true", "single addr"),
                row("ENABLE_PREFIX_DELEGATION", "F", POOL + "prefixes", "false", "becomes"),
                row("WARM_IP_TARGET", "5", POOL + "warmAddresses", "5", "pool.warmAddresses: 5"),
                row("WARM_IP_TARGET", "0", "is 0"),
                row("MINIMUM_IP_TARGET", "12", POOL + "minimumAddresses", "12", "becomes pool."),
                row("WARM_ENI_TARGET", "2", POOL + "warmInterfaces", "2", "becomes pool."),
                row("WARM_ENI_TARGET", "0", POOL + "warmInterfaces", "0", "becomes pool."),
                row("WARM_PREFIX_TARGET", "1", "pools of prefixes alone"),
                row("MAX_ENI", "3", POOL + "maxInterfaces", "3", "becomes pool.maxInterfaces"),
                row("MAX_ENI", "-1", "no limit"),
                row("IP_COOLDOWN_PERIOD", "60", "/delegates/vpc/cooldownSeconds", "60", "restart"),
                row(
                        "DISABLE_NETWORK_RESOURCE_PROVISIONING",
                        "true",
                        POOL + "provision",
                        "false",
                        "becomes"),
                row("AWS_MANAGE_ENIS_NON_SCHEDULABLE", "true", "is so here, too"),
                row("AWS_MANAGE_ENIS_NON_SCHEDULABLE", "false", "cannot stay: a cordoned node"));
    }

    private static List<Row> interfaces() {
        return List.of(
                row(
                        "ENABLE_SUBNET_DISCOVERY",
                        "false",
                        INTERFACES + "discovery",
                        "false",
                        "becomes"),
                row("CLUSTER_NAME", "blue", INTERFACES + "cluster", "\"blue\"", "becomes"),
                row(
                        "ADDITIONAL_ENI_TAGS",
                        "{\"team\": \"a\"}",
                        INTERFACES + "tags",
                        "{\"team\":\"a\"}",
                        "becomes"),
                row(
                        "ADDITIONAL_ENI_TAGS",
                        "{\"node.k8s.amazonaws.com/x\": \"a\", \"aws:b\": \"\"}",
                        "aws:b, node.k8s.amazonaws.com/x cannot be set"),
                row("MANAGE_UNTAGGED_ENI", "false", INTERFACES + "untagged", "false", "becomes"),
                row(
                        "DISABLE_LEAKED_ENI_CLEANUP",
                        "true",
                        INTERFACES + "sweep",
                        "false",
                        "never the VPC CNI's"),
                row(
                        "ENABLE_IMDS_ONLY_MODE",
                        "true",
                        POOL + "provision",
                        "false",
                        "interfaces.sweep: false"),
                row("ENABLE_IMDS_ONLY_MODE", "true", INTERFACES + "sweep", "false", "still asked"),
                row("ENABLE_IMDS_ONLY_MODE", "false", "is off"),
                row(
                        "AWS_EC2_ENDPOINT",
                        "https://ec2.local:8443",
                        "/delegates/vpc/ec2",
                        "\"https://ec2.local:8443\"",
                        "Patchbay asks here"),
                row(
                        "AWS_ENDPOINT_URL_EC2",
                        "http://127.0.0.1:1",
                        "/delegates/vpc/ec2",
                        "\"http://127.0.0.1:1\"",
                        "becomes ec2"),
                row(
                        "AWS_EC2_METADATA_SERVICE_ENDPOINT",
                        "http://127.0.0.1:1",
                        "/delegates/vpc/imds",
                        "\"http://127.0.0.1:1\"",
                        "becomes imds"),
                row(
                        "AWS_REGION",
                        "eu-west-1",
                        "/delegates/vpc/region",
                        "\"eu-west-1\"",
                        "becomes region"),
                row(
                        "AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG",
                        "true",
                        "/delegates/vpc/customNetworking/enabled",
                        "true",
                        "becomes customNetworking.enabled"),
                row(
                        "ENABLE_POD_ENI",
                        "true",
                        "/delegates/vpc/securityGroupsForPods/enabled",
                        "true",
                        "becomes securityGroupsForPods.enabled"),
                row(
                        "POD_SECURITY_GROUP_ENFORCING_MODE",
                        "standard",
                        "/delegates/vpc/securityGroupsForPods/enforcement",
                        "\"standard\"",
                        "becomes securityGroupsForPods.enforcement"),
                row(
                        "ENI_CONFIG_LABEL_DEF",
                        "topology.kubernetes.io/zone",
                        "/delegates/vpc/customNetworking/label",
                        "\"topology.kubernetes.io/zone\"",
                        "becomes customNetworking.label"),
                row(
                        "ENI_CONFIG_ANNOTATION_DEF",
                        "example.com/config",
                        "/delegates/vpc/customNetworking/annotation",
                        "\"example.com/config\"",
                        "becomes customNetworking.annotation"),
                row("VPC_ID", "vpc-1", "not needed"),
                row("HTTP_TIMEOUT", "30", "is lost"));
    }

    private static List<Row> egress() {
        return List.of(
                row(
                        "AWS_VPC_K8S_CNI_EXTERNALSNAT",
                        "true",
                        EGRESS + "snat",
                        "\"external\"",
                        "becomes egress.snat"),
                row("AWS_VPC_K8S_CNI_EXTERNALSNAT", "false", "stays"),
                row(
                        "AWS_VPC_K8S_CNI_RANDOMIZESNAT",
                        "hashrandom",
                        EGRESS + "snat",
                        "\"hashrandom\"",
                        "becomes"),
                row(
                        "AWS_VPC_K8S_CNI_EXCLUDE_SNAT_CIDRS",
                        "10.1.0.0/16, 10.2.0.0/16",
                        EGRESS + "excluded",
                        "[\"10.1.0.0/16\",\"10.2.0.0/16\"]",
                        "becomes"),
                row(
                        "AWS_EXTERNAL_SERVICE_CIDRS",
                        "10.3.0.0/16",
                        EGRESS + "external",
                        "[\"10.3.0.0/16\"]",
                        "becomes"),
                row(
                        "AWS_VPC_CNI_NODE_PORT_SUPPORT",
                        "false",
                        EGRESS + "nodePorts",
                        "false",
                        "becomes"),
                row("AWS_VPC_K8S_CNI_CONNMARK", "0x100", EGRESS + "mark", "256", "becomes"),
                row("AWS_VPC_K8S_CNI_CONFIGURE_RPFILTER", "false", "rp_filter 2"),
                row("ENABLE_NFTABLES", "true", "never iptables"));
    }

    private static List<Row> links() {
        return List.of(
                row("AWS_VPC_ENI_MTU", "1500", "/delegates/vpc/mtu", "1500", "becomes mtu: 1500"),
                row("POD_MTU", "1400", "/defaultNetwork/mtu", "1400", "of defaultNetwork"),
                row("POD_MTU", "9001", "that of the interfaces"),
                row(
                        "AWS_VPC_K8S_CNI_VETHPREFIX",
                        "pod",
                        "/defaultNetwork/vethPrefix",
                        "\"pod\"",
                        "of defaultNetwork"),
                row("AWS_VPC_K8S_CNI_VETHPREFIX", "eni", "default here, too"));
    }

    private static List<Row> lost() {
        return List.of(
                row("NETWORK_POLICY_ENFORCING_MODE", "strict", "not enforced"),
                row("DISABLE_TCP_EARLY_DEMUX", "true", "tcp_early_demux is 0"),
                row("ENABLE_IPv4", "true", "is so here, too"),
                row("ENABLE_IPv4", "false", "cannot stay"),
                row("ENABLE_IPv6", "true", "is lost: which families pods get"),
                row("ENABLE_V4_EGRESS", "true", "clusters of IPv6"),
                row("ENABLE_V6_EGRESS", "true", "is lost: the other address family"),
                row("ENABLE_MULTI_NIC", "true", "NetworkAttachmentDefinition"),
                row("ANNOTATE_POD_IP", "true", "network-status"),
                row("ENABLE_BANDWIDTH_PLUGIN", "true", "{type: bandwidth"),
                row("DISABLE_POD_V6", "true", "{type: tuning"));
    }

    private static List<Row> process() {
        return List.of(
                row("CLUSTER_ENDPOINT", "https://x", "kubernetes.server"),
                row("AWS_VPC_K8S_CNI_BACKING_STORE", "/x", "/var/run/aws-node/ipam.json"),
                row("HOST_CNI_BIN_PATH", "/host/opt/cni/bin", "is a path within aws-node"),
                row("HOST_CNI_CONFDIR_PATH", "/host/etc/cni/net.d", "is a path within aws-node"),
                row("AWS_VPC_K8S_CNI_LOGLEVEL", "DEBUG", "PATCHBAY_LOG"),
                row("AWS_VPC_K8S_CNI_LOG_FILE", "stdout", "no log file"),
                row("AWS_VPC_K8S_PLUGIN_LOG_LEVEL", "DEBUG", "PATCHBAY_LOG"),
                row("AWS_VPC_K8S_PLUGIN_LOG_FILE", "/x", "no log file"),
                row("AWS_VPC_K8S_EGRESS_V4_PLUGIN_LOG_FILE", "/x", "no log file"),
                row("AWS_VPC_K8S_EGRESS_V6_PLUGIN_LOG_FILE", "/x", "no log file"),
                row("DISABLE_METRICS", "false", "awscni_"),
                row("DISABLE_INTROSPECTION", "true", "61679"),
                row("INTROSPECTION_BIND_ADDRESS", "127.0.0.1:61679", "61679"),
                row("MY_NODE_NAME", "n", "NODE_NAME"),
                row("MY_POD_NAME", "p", "not needed"),
                row("VPC_CNI_VERSION", "v1.23.1", "not needed"));
    }

    private static List<Row> configMap() {
        return List.of(
                row("enable-network-policy-controller", "true", "not enforced"),
                row("branch-eni-cooldown", "60", "is not taken over"),
                row("enable-windows-ipam", "true", "Windows"),
                row("enable-windows-prefix-delegation", "true", "Windows"),
                row("warm-prefix-target", "1", "Windows"),
                row("warm-ip-target", "1", "Windows"),
                row("minimum-ip-target", "1", "Windows"));
    }
}
