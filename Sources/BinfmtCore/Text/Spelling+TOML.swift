// SPDX-License-Identifier: Apache-2.0
import LocatedTOML

/// Suggestions for misspelt words, which the TOML reader has, too.
package typealias Spelling = LocatedTOML.Spelling
