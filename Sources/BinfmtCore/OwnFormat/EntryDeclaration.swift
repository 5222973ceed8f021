// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// An `[entry.NAME]` of one file, before other files and `[qemu]` are known.
package struct EntryDeclaration: Sendable {
    package let name: EntryName
    package let location: SourceLocation
    /// False if the entry must not be registered, which also hides lower layers' entries of the name.
    package var isEnabled = true
    package var recognition: DeclaredRecognition?
    /// The candidates, best first; nil for the preset's.
    package var interpreters: [FilePath]?
    package var flags = FlagSettings()
    package var priority: Int?
    package var allowsNative = false
    package var allowsUnsafeInterpreter = false

    package enum DeclaredRecognition: Sendable {
        case explicit(Recognition)
        case preset(Preset)
    }

    /// The values that `priority` may have.
    static let priorities = -1000...1000
}
