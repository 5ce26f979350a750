package io.patchbay.kit.cord;

import io.patchbay.spi.DelegateContext;
import io.patchbay.spi.DelegateProvider;
import java.util.function.Function;

/// Further delegates that break a rule: each only that half of it that the one in {@link
/// BrokenCords} keeps. They may break other rules as well.
public enum HalfBroken {
    RUNS_A_THREAD_FROM_START(106, BrokenStarts.LeakedThread::new),
    TELLS_A_WRONG_MTU(302, HalfBrokenAdds.WrongMtu::new),
    TAKES_THE_INDEX_BEHIND_THE_RESERVED(306, HalfBrokenAdds.IndexBehind::new),
    PROBES_BY_CHANGING_THE_POD(307, HalfBrokenAdds.ScribblingProbe::new),
    LEAVES_IN_THE_POD_WHAT_IT_DID_BEFORE_IT_REFUSED(309, HalfBrokenAdds.ScribblingRefusal::new),
    REFUSES_AND_DOES_NOT_UNDO_IT_AT_ONCE(309, HalfBrokenAdds.LateUndo::new),
    NAMES_NO_ADDRESS(403, HalfBrokenChecks.Vague::new),
    NAMES_NO_ROUTE(404, HalfBrokenChecks.Vague::new),
    KEEPS_BOOKS_ON_CHECKS(405, HalfBrokenChecks.Bookkeeping::new),
    LEAVES_SOMETHING_IN_THE_POD(501, HalfBrokenDels.Scribbling::new),
    LITTERS_WHEN_REPEATED(502, littering("del-502")),
    LITTERS_AFTER_A_CRASH(503, littering("del-503")),
    DOES_NOTHING_WITHOUT_A_NAMESPACE(504, HalfBrokenDels.IdleWithoutPod::new),
    DOES_NOTHING_WITHOUT_A_CONFIGURATION(505, HalfBrokenDels.IdleWithoutConfig::new),
    CHANGES_OTHER_PODS(506, HalfBrokenDels.Neighbourly::new),
    FAILS_THE_CHECK_OF_THE_OTHER_POD(506, suspicious("del-506-other")),
    LITTERS_WHERE_LINKS_ARE_GONE(508, littering("del-508")),
    CHANGES_VALID_PODS(601, HalfBrokenDels.ScribblingGc::new),
    FORGETS_VALID_PODS(601, HalfBrokenDels.ForgetfulGc::new),
    SAYS_50_WHERE_AN_ADD_WORKS(703, BrokenStarts.Gloomy::new),
    CHANGES_LIVING_PODS(805, BrokenStarts.Scribbling::new),
    GIVES_ONE_ADDRESS_TO_ALL(901, HalfBrokenAdds.Twins::new),
    FAILS_THE_CHECK_OF_MANY(901, suspicious("parallel-901")),
    LITTERS_AFTER_MANY(901, littering("parallel-901-.*")),
    FAILS_THE_CHECK_IN_CHURN(902, suspicious("parallel-902")),
    LITTERS_IN_CHURN(902, littering("parallel-902-.*")),
    CHANGES_THE_POD_BEFORE_IT_HAS_AN_ADDRESS(1003, HalfBrokenAdds.Scribbling::new),
    CHANGES_THE_NODE_BEFORE_IT_HAS_AN_ADDRESS(1003, HalfBrokenAdds.Foretelling::new),
    LITTERS_AFTER_THE_FIRST_POD(1003, littering("error-1003"));

    private final int rule;

    @SuppressWarnings("ImmutableEnumChecker") // Constructors, which hold nothing.
    private final Function<DelegateContext, CordDelegate<CordConfig>> maker;

    HalfBroken(int rule, Function<DelegateContext, CordDelegate<CordConfig>> maker) {
        this.rule = rule;
        this.maker = maker;
    }

    private static Function<DelegateContext, CordDelegate<CordConfig>> suspicious(String pods) {
        return context -> new HalfBrokenChecks.Suspicious(context, pods);
    }

    private static Function<DelegateContext, CordDelegate<CordConfig>> littering(String pods) {
        return context -> new HalfBrokenDels.Littering(context, pods);
    }

    public int rule() {
        return rule;
    }

    public DelegateProvider<?> provider() {
        return CordProvider.of(maker);
    }
}
