// SPDX-License-Identifier: Apache-2.0

/// What the kernel takes in a register string, as far as kernels differ in it.
package struct KernelFeatures: Hashable, Sendable {
    /// The flags that only recent kernels know.
    package enum Feature: String, CaseIterable, Sendable {
        case transparent, loader
        /// Entries of type `B`, for which a kernel also needs CONFIG_BINFMT_MISC_BPF.
        case handlers
        /// `D`: to register an entry that is not enabled yet.
        case staging
    }

    private let features: Set<Feature>
    /// The kernel's version, which the message about a missing feature names.
    package let version: KernelVersion?

    /// What the kernel itself has answered, or else what its version says; of an unknown version all is expected.
    ///
    /// - Parameter answer: whether the kernel takes a feature; nil if it could not be asked.
    package init(version: KernelVersion?, answer: (Feature) -> Bool? = { _ in nil }) {
        self.version = version
        let isRecent = version.map { $0 >= .transparent } ?? true
        features = Set(Feature.allCases.filter { answer($0) ?? isRecent })
    }

    package func has(_ feature: Feature) -> Bool { features.contains(feature) }

    /// A feature that an entry needs and the kernel lacks; nil if it has all.
    package func missing(for recognition: Recognition, _ flags: EntryFlags) -> Feature? {
        Feature.needed(by: recognition, flags).first { !features.contains($0) }
    }
}

extension KernelFeatures.Feature {
    package static func needed(by recognition: Recognition, _ flags: EntryFlags) -> [Self] {
        var needed: [Self] = []
        if flags.contains(.transparent) { needed.append(.transparent) }
        if flags.contains(.loader) { needed.append(.loader) }
        if case .handler = recognition { needed.append(.handlers) }
        return needed
    }

    /// A register string that registers nothing: a kernel that has the feature reads it to its end, and then finds that
    /// the name is taken, or that there is no such handler; any other answers EINVAL.
    package var question: [UInt8] {
        switch self {
        case .transparent: Array(":status:M::binfmtd::/:T".utf8)
        case .loader: Array(":status:M::binfmtd::/:L".utf8)
        case .staging: Array(":status:M::binfmtd::/:D".utf8)
        case .handlers: Array(":status:B::::~binfmtd~:".utf8)
        }
    }
}
