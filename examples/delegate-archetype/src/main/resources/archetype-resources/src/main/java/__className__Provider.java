package ${package};

import io.patchbay.spi.Delegate;
import io.patchbay.spi.DelegateContext;
import io.patchbay.spi.DelegateProvider;
import io.patchbay.spi.Spi;

/// The CNI type `${type}`, as META-INF/services names it.
public final class ${className}Provider implements DelegateProvider<${className}Config> {
    @Override
    public String type() {
        return "${type}";
    }

    @Override
    public int spiVersion() {
        return Spi.VERSION;
    }

    @Override
    public Class<${className}Config> configType() {
        return ${className}Config.class;
    }

    @Override
    public Delegate<${className}Config> create(DelegateContext context) {
        return new ${className}Delegate(context);
    }
}
