// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import SystemPackage

extension FilePath: @retroactive ExpressibleByArgument {
    /// Any text is a path.
    public init?(argument: String) { self.init(argument) }
}
