package io.patchbay.meta.vpccni;

import io.patchbay.meta.translation.Remarks;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Writes our settings for a value, and says a sentence on it.
final class Translator {
    private static final String ENI_MTU = "AWS_VPC_ENI_MTU";
    private static final int LEAST_MTU = 576;
    private static final int MOST_MTU = 9001;
    private static final int LONGEST_COOLDOWN = 3600;
    private static final String DEFAULT_PREFIX = "eni";
    private static final String RESERVED = "k8s.amazonaws.com";

    private final Environment environment;
    private final Draft draft;

    Translator(Environment environment, Draft draft) {
        this.environment = environment;
        this.draft = draft;
    }

    String translate(Variable variable, String value) {
        String key = variable.key();
        String words = variable.words();
        return switch (variable.kind()) {
            case FLAG -> with(draft.put(key, Values.flag(value)), words);
            case OPPOSITE -> with(draft.put(key, !Values.flag(value)), words);
            case TEXT -> with(draft.put(key, value), words);
            case URL -> url(variable, value);
            case SECONDS -> with(draft.put(key, Values.number(value, 0, LONGEST_COOLDOWN)), words);
            case MTU -> draft.put(key, Values.number(value, LEAST_MTU, MOST_MTU));
            case POD_MTU -> podMtu(key, Values.number(value, LEAST_MTU, MOST_MTU));
            case PREFIX ->
                    Values.prefix(value).equals(DEFAULT_PREFIX)
                            ? "is the default here, too"
                            : draft.network(key, value);
            case MARK -> draft.put(key, Values.mark(value));
            case BLOCKS -> draft.put(key, Values.blocks(value));
            case TAGS -> tags(key, Values.tags(value));
            case MOST -> most(key, Values.number(value, Integer.MIN_VALUE, Integer.MAX_VALUE));
            case STOCK -> new Stock(environment, draft).translate(variable, value);
            case SNAT -> Snat.translate(variable, value, environment, draft);
            case CLOUDLESS -> cloudless(Values.flag(value));
            case OFF -> Values.flag(value) ? "is lost: " + words : "is off, and is not done here";
            case ON -> Values.flag(value) ? "is so here, too" : "cannot stay: " + words;
            case TOLD -> words;
        };
    }

    private static String with(String sentence, String words) {
        return words.isEmpty() ? sentence : sentence + ": " + words;
    }

    /// The SDK's own variable goes before the VPC CNI's.
    private String url(Variable variable, String value) {
        String url = Values.url(value);
        return Variables.ALL.stream()
                .skip(Variables.ALL.indexOf(variable) + 1L)
                .filter(later -> later.key().equals(variable.key()))
                .filter(later -> environment.find(later.name()).isPresent())
                .findFirst()
                .map(later -> "is put aside by %s: it is left out".formatted(later.name()))
                .orElseGet(() -> with(draft.put(variable.key(), url), variable.words()));
    }

    private String podMtu(String key, int mtu) {
        String interfaces = environment.find(ENI_MTU).orElse(Integer.toString(MOST_MTU));
        return interfaces.equals(Integer.toString(mtu))
                ? "is that of the interfaces, which pods get anyway"
                : draft.network(key, mtu);
    }

    private String most(String key, int most) {
        return most < 1 ? "is less than 1, which is no limit" : draft.put(key, most);
    }

    private String cloudless(boolean on) {
        if (!on) {
            return "is off: EC2 is asked, as there";
        }
        draft.put("pool.provision", false);
        draft.put("interfaces.sweep", false);
        return "becomes pool.provision: false and interfaces.sweep: false: nothing is made or removed, but EC2 is still asked, where it answers, which addresses there are";
    }

    private String tags(String key, Map<String, String> all) {
        Map<String, String> kept = new TreeMap<>();
        List<String> dropped = new ArrayList<>();
        all.forEach((name, value) -> {
            if (name.contains(RESERVED)
                    || name.equals("eks:eni:owner")
                    || name.startsWith("aws:")) {
                dropped.add(name);
            } else {
                kept.put(name, value);
            }
        });
        String sentence = kept.isEmpty() ? "has no tag that can stay" : draft.put(key, kept);
        return dropped.isEmpty()
                ? sentence
                : "%s; %s cannot be set, for such tags say whose an interface is"
                        .formatted(sentence, String.join(", ", dropped));
    }

    /// What is otherwise where nothing is said.
    void defaults(Remarks remarks, boolean mtuElsewhere) {
        if (environment.find(ENI_MTU).isEmpty() && !mtuElsewhere) {
            remarks.add(
                    ENI_MTU, "is not set, which is 9001 there: it " + draft.put("mtu", MOST_MTU));
        }
        if (!draft.has("pool.warmAddresses")
                && !draft.has("pool.minimumAddresses")
                && !draft.has("pool.warmInterfaces")
                && !draft.has("pool.warmPrefixes")) {
            boolean prefixes = environment.isTrue("ENABLE_PREFIX_DELEGATION");
            remarks.add(
                    "WARM_*",
                    "no target becomes a setting: Patchbay keeps a share of what the node uses, and the VPC CNI as a rule one whole %s, which is %s: 1"
                            .formatted(
                                    prefixes ? "prefix" : "interface",
                                    prefixes ? "pool.warmPrefixes" : "pool.warmInterfaces"));
        }
    }
}
