// The version that both programs say and that runs record.

/// The version of the programs.
package let programVersion = "0.1.0"
