// SPDX-License-Identifier: Apache-2.0

/// The platforms whose containers run on a host, as a file for the local source of node-feature-discovery, which makes a
/// label `feature.node.kubernetes.io/NAME=true` of each line.
package struct NodeFeatures: Sendable {
    private let platforms: [String]

    /// - Parameter platforms: as Docker writes them.
    package init(_ platforms: [String]) { self.platforms = platforms }

    package var text: String {
        var names: [String] = []
        for platform in platforms {
            let name = Self.name(platform)
            if !names.contains(name) { names.append(name) }
        }
        return names.map { "\($0)=true\n" }.joined()
    }

    /// A label has no slash: "linux/arm/v7" is "binfmt-arm-v7".
    private static func name(_ platform: String) -> String {
        "binfmt-" + QemuTarget.short(platform).split(separator: "/").joined(separator: "-")
    }
}
