// SPDX-License-Identifier: Apache-2.0

extension Recognition {
    /// A short form for tables: Docker's name, or the machine of an ELF pattern.
    package var brief: String {
        if let platform { return platform }
        if case .magic(let pattern) = self, let identity = pattern.identity { return identity.brief }
        return description
    }

    /// Docker's name, for a pattern of a QEMU target: "linux/arm64".
    package var platform: String? {
        guard case .magic(let pattern) = self else { return nil }
        return QemuTarget.all.first { $0.pattern == pattern }?.platform
    }
}

extension QemuTarget {
    /// Docker's names of its programs, of which arm has one for each variant.
    package var platforms: [String] {
        switch platform {
        case nil: []
        case "linux/arm": ["linux/arm/v7", "linux/arm/v6"]
        case let platform?: [platform]
        }
    }

    /// The platforms of all targets as users write them: "arm64", "arm/v7".
    package static var shortPlatforms: [String] { all.flatMap(\.platforms).map(short) }

    /// A platform without "linux/", which every platform here has, and which users omit.
    package static func short(_ platform: String) -> String {
        platform.hasPrefix("linux/") ? String(platform.dropFirst("linux/".count)) : platform
    }

    /// The platform that a text names, in the form that Docker prints: `arm64`, `linux/arm64/v8` and `aarch64` all name
    /// "linux/arm64".
    ///
    /// - Returns: nil if the text names no target of QEMU's. Of a target that Docker does not know, the platform is nil.
    package static func platform(named text: String) -> (target: QemuTarget, platform: String?)? {
        let short = short(text)
        let words = short.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        if words.count == 2, let (base, levels) = variants.first(where: { $0.key == words[0] }) {
            guard let target = named(base), levels.contains(words[1]) else { return nil }
            let isImplied = words[1] == levels.first
            return (target, "linux/\(base)" + (isImplied ? "" : "/\(words[1])"))
        }
        guard let target = named(short) else { return nil }
        let isVariant = target.platform == "linux/arm" && words.count == 2
        return (target, isVariant ? "linux/\(short)" : target.platforms.first)
    }

    /// The variants that Docker writes, by their platform. The first one is implied.
    private static let variants = ["amd64": ["v1"] + AMD64Level.allCases.map(\.rawValue), "arm64": ["v8"]]

    /// Targets in the order in which BuildKit lists platforms (`SupportedPlatforms` in its util/archutil), then the others.
    package static func inDockersOrder(_ targets: some Collection<QemuTarget>) -> [QemuTarget] {
        dockersOrder.filter(targets.contains) + all.filter { targets.contains($0) && !dockersOrder.contains($0) }
    }

    private static let dockersOrder = [
        "amd64", "arm64", "riscv64", "ppc64", "ppc64le", "s390x", "386", "mips64le", "mips64", "loong64", "arm",
    ].compactMap(named)
}
