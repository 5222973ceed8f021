// SPDX-License-Identifier: Apache-2.0

extension Recognition {
    /// The same in few words: as Docker writes it, or without what goes without saying.
    package var brief: String {
        if let platform { return platform }
        if case .magic(let pattern) = self, let identity = pattern.identity { return identity.brief }
        return description
    }

    /// As Docker writes it, for a pattern of a QEMU target: "linux/arm64".
    package var platform: String? {
        guard case .magic(let pattern) = self else { return nil }
        return QemuTarget.all.first { $0.pattern == pattern }?.platform
    }
}
