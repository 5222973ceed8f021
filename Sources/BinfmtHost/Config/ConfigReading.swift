// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import SystemPackage

/// The result of reading the configuration directories.
package struct ConfigReading {
    package let configuration: Configuration
    package let tree: ConfigTree
    /// The kinds of files that the configuration enables.
    let kinds: [ConfigTree.Kind]
    /// The effective files.
    let filesRead: [FilePath]
    /// Every path that can affect the configuration, whether it exists or not.
    let paths: [ResolvedPath]
    /// A number that changes whenever the declarations change.
    let generation: Int
    /// Whether a later reading has the same result as long as each path leads where it led.
    let isRepeatable: Bool

    /// The files in the directories that the configuration enables; an effective file follows those that it hides.
    package var files: [ConfigTree.File] { tree.files(of: kinds) }

    /// The directories in which a change can affect the configuration.
    package var dependencies: PathDependencies { PathDependencies(of: paths) }
}
