package io.patchbay.spi.cni;

import io.patchbay.spi.cni.ErrorCode.Standard;
import java.io.Serial;

/// A refusal that goes to the runtime: a code, and one sentence that names object, key and value
/// and what to do about it.
public final class CniException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    private final transient ErrorCode code;
    private final String details;

    public CniException(ErrorCode code, String sentence) {
        this(code, sentence, "");
    }

    /// @param details the chain of causes in one line; may be empty
    public CniException(ErrorCode code, String sentence, String details) {
        super(sentence);
        this.code = code;
        this.details = details;
    }

    /// A refusal because of another failure, whose message becomes the details.
    public CniException(ErrorCode code, String sentence, Throwable cause) {
        super(sentence, cause);
        this.code = code;
        this.details = String.valueOf(cause.getMessage());
    }

    /// Code 7: the configuration says something that cannot be.
    public static CniException invalidConfig(String sentence) {
        return new CniException(Standard.INVALID_NETWORK_CONFIG, sentence);
    }

    /// Code 11: nothing is wrong with the request, and it may succeed later.
    public static CniException tryAgain(String sentence) {
        return new CniException(Standard.TRY_AGAIN_LATER, sentence);
    }

    /// Code 100: CHECK finds an attachment other than ADD left it. The specification has no number
    /// for it, and says only that 100 and above are the plugin's own.
    public static CniException changed(String sentence) {
        return new CniException(new ErrorCode.Own(100), sentence);
    }

    public ErrorCode code() {
        return code;
    }

    public String details() {
        return details;
    }
}
